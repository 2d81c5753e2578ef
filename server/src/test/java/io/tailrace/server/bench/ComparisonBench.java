package io.tailrace.server.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

import io.tailrace.server.http.Pause;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares three ways of a document to those who look at it: each of them polls the database, the
 * gateway polls it and streams, the gateway follows a change stream and streams. Database, gateway
 * and viewers are processes of their own. Writes the table and a plot into the README.
 */
public final class ComparisonBench {

    private static final List<Integer> VIEWERS = List.of(1, 10, 50);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Duration time;
    private final int perSecond;
    private final AtomicLong seq = new AtomicLong();

    /** How a document gets to viewers. */
    enum Way {
        EACH_POLLS(0, "each viewer polls every 5 s", "#c9652f"),
        GATEWAY_POLLS(1, "the gateway polls every 5 s", "#b08b2e"),
        CHANGE_STREAM(2, "the gateway follows a change stream", "#2f8fc9");

        final int place;
        final String words;
        final String colour;

        Way(int place, String words, String colour) {
            this.place = place;
            this.words = words;
            this.colour = colour;
        }
    }

    /**
     * What was measured.
     *
     * @param p50 milliseconds from before the insert to a viewer
     * @param p99 the same
     * @param queries at the database, a minute
     * @param others commands that are no queries, such as heartbeats of drivers, a minute
     * @param bytes at the database, both ways, a minute
     * @param cpu milliseconds of processor a second: database, gateway, viewers
     */
    record Cell(
            Way way,
            int viewers,
            double p50,
            double p99,
            double queries,
            double others,
            double bytes,
            double[] cpu) {}

    private ComparisonBench(Duration time, int perSecond) {
        this.time = time;
        this.perSecond = perSecond;
    }

    /**
     * Runs it.
     *
     * @param arguments seconds for each measurement (60), documents a second (5)
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        var bench = new ComparisonBench(Duration.ofSeconds(seconds), perSecond);
        List<Cell> cells = new ArrayList<>();
        for (Way way : Way.values()) {
            bench.measure(way, cells);
        }
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[2];
        var report = new ComparisonReport(cells, seconds, perSecond, load);
        report.write(Path.of(""));
        System.exit(0);
    }

    private void measure(Way way, List<Cell> cells) throws Exception {
        try (Child database = new Child(CountedDatabase.class)) {
            String[] ports = database.line().split(" ", -1);
            String direct = uri(ports[0]);
            String counted = uri(ports[1]);
            try (MongoClient client = MongoClients.create(direct);
                    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
                MongoCollection<Document> events =
                        client.getDatabase("bench").getCollection("events");
                insert(events);
                long period = TimeUnit.SECONDS.toMicros(1) / perSecond;
                var inserting =
                        clock.scheduleAtFixedRate(
                                () -> insert(events), 0, period, TimeUnit.MICROSECONDS);
                try (ServerProcess gateway = gateway(way, counted)) {
                    for (int viewers : VIEWERS) {
                        cells.add(measure(way, viewers, database, gateway, counted));
                    }
                }
                inserting.cancel(false);
            }
        }
    }

    private static String uri(String port) {
        return "mongodb://127.0.0.1:" + port + "/?directConnection=true";
    }

    private void insert(MongoCollection<Document> events) {
        String message =
                "seq=%010d t=%019d loaded 4475 rows into warehouse.orders_fact, nothing unusual"
                        .formatted(seq.incrementAndGet(), System.nanoTime());
        events.insertOne(
                new Document("timestamp", Instant.now())
                        .append("level", "INFO")
                        .append("run", "42")
                        .append("task", "load")
                        .append("message", message));
    }

    private static @Nullable ServerProcess gateway(Way way, String uri)
            throws IOException, InterruptedException {
        if (way == Way.EACH_POLLS) {
            return null;
        }
        Path folder = Files.createTempDirectory("comparison-bench");
        Path config = folder.resolve("gateway.conf");
        Files.writeString(
                config,
                """
                sources { events {
                  type = mongodb, uri = "%s", database = bench, collections = events
                  workspace = bench, workflow = compare, mode = %s
                } }
                """
                        .formatted(uri, way == Way.GATEWAY_POLLS ? "poll" : "watch"));
        return ServerProcess.gateway(folder, List.of(), "--config=" + config);
    }

    private Cell measure(
            Way way, int count, Child database, @Nullable ServerProcess gateway, String uri)
            throws IOException, InterruptedException {
        String kind = gateway == null ? "poll" : "stream";
        String where = gateway == null ? uri : String.valueOf(gateway.port());
        try (Child viewers = new Child(Viewers.class, kind, where, String.valueOf(count))) {
            viewers.line();
            Pause.of(WARM_UP);
            viewers.ask("begin");
            long[] before = longs(database.ask("counts"));
            double[] busy = cpu(database, gateway, viewers);
            long begin = System.nanoTime();
            Pause.of(time);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] after = longs(database.ask("counts"));
            double[] then = cpu(database, gateway, viewers);
            long[] seen = longs(viewers.ask("end"));
            for (int i = 0; i < then.length; i++) {
                then[i] = (then[i] - busy[i]) * 1e3 / seconds;
            }
            var cell =
                    new Cell(
                            way,
                            count,
                            seen[0] / 1e6,
                            seen[1] / 1e6,
                            (after[0] - before[0]) * 60 / seconds,
                            (after[1] - before[1]) * 60 / seconds,
                            (after[2] - before[2]) * 60 / seconds,
                            then);
            System.out.printf("%s (%,d latencies)%n", ComparisonReport.row(cell), seen[2]);
            return cell;
        }
    }

    private static double[] cpu(Child database, @Nullable ServerProcess gateway, Child viewers)
            throws IOException {
        return new double[] {
            database.cpuSeconds(), gateway == null ? 0 : gateway.cpuSeconds(), viewers.cpuSeconds()
        };
    }

    private static long[] longs(String line) {
        String[] parts = line.split(" ", -1);
        long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Long.parseLong(parts[i]);
        }
        return numbers;
    }
}
