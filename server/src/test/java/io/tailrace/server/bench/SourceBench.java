package io.tailrace.server.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.server.http.Pause;
import io.tailrace.server.source.kafka.KafkaNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a gateway reads what waits in a topic of Kafka or in a table of PostgreSQL, durably
 * stored, and what that costs it.
 */
public final class SourceBench {

    private static final Pattern EVENTS = Pattern.compile("\"events\":(\\d+)");
    private static final int WARM_UP = 50_000;

    private SourceBench() {}

    /**
     * Runs it.
     *
     * @param arguments {@code kafka} or {@code postgresql}, how many events (500000), the dialect
     *     (auto)
     */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500_000;
        String dialect = arguments.length > 2 ? arguments[2] : "auto";
        Path folder = Files.createTempDirectory("source-bench");
        if (arguments.length > 0 && arguments[0].equals("postgresql")) {
            postgresql(folder, count, dialect);
        } else {
            kafka(folder, count, dialect);
        }
        System.exit(0);
    }

    private static String event(int number) {
        return ("{\"kind\":\"log\",\"run\":\"run-%d\",\"task\":\"load\",\"level\":\"INFO\","
                        + "\"timestamp\":\"2026-11-21T10:00:00.123Z\",\"logger\":\"bench\","
                        + "\"message\":\"row %d of the table was written to the other side%s\"}")
                .formatted(number % 10, number, " and".repeat(20));
    }

    private static void kafka(Path folder, int count, String dialect) throws Exception {
        try (KafkaNode node = new KafkaNode(folder)) {
            Map<String, Object> properties =
                    Map.of(
                            "bootstrap.servers",
                            node.address(),
                            "compression.type",
                            "zstd",
                            "linger.ms",
                            20,
                            "batch.size",
                            256 * 1024);
            try (var producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < WARM_UP + count; i++) {
                    var _ = producer.send(new ProducerRecord<>("events", event(i).getBytes(UTF_8)));
                }
            }
            measure(
                    folder,
                    "type = kafka, bootstrap = \"%s\", topics = [events]".formatted(node.address()),
                    count,
                    dialect);
        }
    }

    private static void postgresql(Path folder, int count, String dialect) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                boolean _ =
                        statement.execute(
                                "CREATE TABLE events (id bigserial PRIMARY KEY, payload jsonb)");
                boolean _ =
                        statement.execute(
                                "INSERT INTO events (payload) SELECT replace('%s', 'row 7', 'row ' || n)::jsonb FROM generate_series(1, %d) n"
                                        .formatted(event(7), WARM_UP + count));
            }
            String url = postgres.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", "");
            measure(
                    folder,
                    "type = postgresql, url = \"%s\", user = postgres, table = events"
                            .formatted(url),
                    count,
                    dialect);
        }
    }

    private static void measure(Path folder, String source, int count, String dialect)
            throws IOException, InterruptedException {
        Path settings =
                Files.writeString(
                        folder.resolve("gateway.conf"),
                        "sources { bench { %s, dialect = %s, workspace = a, workflow = b } }"
                                .formatted(source, dialect));
        try (ServerProcess gateway =
                        ServerProcess.gateway(folder, List.of(), "--config=" + settings);
                HttpClient http = HttpClient.newHttpClient()) {
            long first = await(http, gateway.port(), WARM_UP);
            double cpu = gateway.cpuSeconds();
            long begin = System.nanoTime();
            long last = await(http, gateway.port(), WARM_UP + count);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long read = last - first;
            System.out.printf(
                    "%-60s %,9d events  %,8.0f events/s  %.2f us CPU each%n",
                    source.substring(0, Math.min(60, source.length())),
                    read,
                    read / seconds,
                    (gateway.cpuSeconds() - cpu) * 1e6 / read);
        }
    }

    private static long await(HttpClient http, int port, long events) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/sources"))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        while (true) {
            long now = stored(http, request);
            if (now >= events) {
                return now;
            }
            Pause.of(Duration.ofMillis(20));
        }
    }

    private static long stored(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher found = EVENTS.matcher(body);
            return found.find() ? Long.parseLong(found.group(1)) : 0;
        } catch (IOException e) {
            return 0; // it has not started yet
        }
    }
}
