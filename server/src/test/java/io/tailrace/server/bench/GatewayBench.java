package io.tailrace.server.bench;

import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gateway over HTTP with its store on disk: publishes that were acknowledged after fsync, and
 * the replay of all of them to one client. Publishers, gateway and reader share this process and
 * its processors.
 */
public final class GatewayBench {

    private static final int PUBLISHERS = 64;
    private static final int BATCH = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;

    private GatewayBench(URI gateway) {
        this.gateway = gateway;
    }

    /**
     * Runs it; takes half a minute.
     *
     * @param arguments how many seconds to publish (10)
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        Path data = Files.createTempDirectory("gateway-bench");
        Settings settings = Settings.load(new String[] {"--port=0", "--data=" + data}, Map.of());
        try (Gateway gateway = Gateway.start(settings)) {
            var bench = new GatewayBench(URI.create("http://127.0.0.1:" + gateway.port()));
            long _ = bench.publish(Duration.ofSeconds(3)); // warm up
            long before = bench.events.get();
            long nanos = bench.publish(Duration.ofSeconds(seconds));
            print(
                    "acknowledged publishes, 64 x batches of 100",
                    bench.events.get() - before,
                    nanos);
            bench.replay();
            bench.replay();
        }
        System.exit(0);
    }

    private final AtomicLong events = new AtomicLong();

    private long publish(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < PUBLISHERS; p++) {
            HttpRequest request = request(p);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end) {
                                    send(request);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - begin;
    }

    private void send(HttpRequest request) {
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("The gateway answered " + status + ".");
            }
            events.addAndGet(BATCH);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(int publisher) {
        String line =
                "{\"channel\":\"logs:bench:w%d\",\"level\":\"INFO\",\"run\":\"42\",\"task\":\"load\",\"message\":\"batch 00023369 rows=4475 dur=720ms loaded into warehouse.orders_fact, nothing unusual to see here\"}\n"
                        .formatted(publisher);
        return HttpRequest.newBuilder(gateway.resolve("/api/events"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(line.repeat(BATCH)))
                .build();
    }

    /** Everything, from the first entry on, in one request. */
    private void replay() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                gateway.resolve(
                                        "/api/sse/session/bench?channels=logs:bench:*&after="
                                                + epoch()
                                                + "-0"))
                        .build();
        long begin = System.nanoTime();
        long seen = 0;
        try (InputStream body =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            SseReader reader = new SseReader(body);
            while (seen < events.get()) {
                SseEvent event = reader.next();
                if (event == null) {
                    throw new IllegalStateException("The stream ended after " + seen + " events.");
                }
                seen += event.id() == null ? 0 : 1;
            }
        }
        print("replay to one client", seen, System.nanoTime() - begin);
    }

    private String epoch() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/runs?limit=1")).build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return body.replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
    }

    private static void print(String what, long count, long nanos) {
        System.out.printf(
                "%-45s %,12d events  %,10.0f events/s%n", what, count, count * 1e9 / nanos);
    }
}
