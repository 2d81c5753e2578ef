package io.tailrace.server.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

import io.tailrace.server.http.Pause;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.bson.Document;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Viewers in a process of their own: each polls the database with a driver of its own, or each has
 * a stream from the gateway. Documents say by {@code t=} when they were inserted, in nanoseconds of
 * the machine's monotonic clock, which all processes share.
 */
final class Viewers {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Pattern TIME = Pattern.compile("t=(\\d{19})");
    private static final long LONGEST = Duration.ofMinutes(5).toNanos();

    private final Histogram latencies = new SynchronizedHistogram(LONGEST, 3);
    private volatile boolean measured;

    private Viewers() {}

    /**
     * Says when they are ready, then for each line it reads: {@code begin} measures, {@code end}
     * says p50, p99 and how many were seen.
     *
     * @param arguments {@code poll URI COUNT} or {@code stream PORT COUNT}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var viewers = new Viewers();
        int count = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("poll")) {
            var ready = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                Duration phase = EVERY.multipliedBy(i).dividedBy(count);
                String uri = arguments[1];
                Thread.ofPlatform().daemon().start(() -> viewers.poll(uri, phase, ready));
            }
            ready.await();
            viewers.answer(() -> viewers.measured = true);
        } else {
            int port = Integer.parseInt(arguments[1]);
            try (var swarm =
                    new Swarm(
                            port,
                            count,
                            0,
                            i -> "/api/sse/session/v%d?channels=logs:bench:compare".formatted(i),
                            true,
                            0)) {
                viewers.answer(() -> swarm.record(viewers.latencies));
            }
        }
        System.exit(0);
    }

    private void answer(Runnable begin) throws IOException {
        System.out.println("ready");
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("begin")) {
                begin.run();
                System.out.println("measuring");
            } else {
                System.out.println(
                        "%d %d %d"
                                .formatted(
                                        latencies.getValueAtPercentile(50),
                                        latencies.getValueAtPercentile(99),
                                        latencies.getTotalCount()));
            }
        }
    }

    /** What a client did that the team of origin wrote. */
    private void poll(String uri, Duration phase, CountDownLatch ready) {
        try (MongoClient client = MongoClients.create(uri)) {
            MongoCollection<Document> events = client.getDatabase("bench").getCollection("events");
            Object last = new Object();
            Document newest = events.find().sort(Sorts.descending("_id")).first();
            last = newest == null ? last : newest.get("_id");
            ready.countDown();
            Pause.of(phase);
            while (true) {
                for (Document each :
                        events.find(Filters.gt("_id", last)).sort(Sorts.ascending("_id"))) {
                    last = each.get("_id");
                    seen(each.getString("message"));
                }
                Pause.of(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seen(String message) {
        Matcher matcher = TIME.matcher(message);
        if (measured && matcher.find()) {
            latencies.recordValue(System.nanoTime() - Long.parseLong(matcher.group(1)));
        }
    }
}
