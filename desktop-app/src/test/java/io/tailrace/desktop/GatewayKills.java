package io.tailrace.desktop;

import static io.tailrace.desktop.Feeds.end;

import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.walk.GatewayProcess;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A gateway in a process of its own is killed again and again while somebody publishes numbered
 * lines, each until it is acknowledged, and a console follows, which is started anew now and then.
 * The calling thread is the console's FX thread.
 */
public final class GatewayKills {

    private static final int BATCH = 50;
    private static final int CONSOLE = 4; // kills between two starts of the console
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Function<Path, GatewayProcess> start;
    private final Path folder;
    private final int kills;
    private final long events;
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private long slowest;
    private int pulses;

    /**
     * Prepares.
     *
     * @param start starts the gateway with its log in a folder
     * @param folder of the gateway's log and the console's files
     */
    public GatewayKills(Function<Path, GatewayProcess> start, Path folder, int kills, long events) {
        this.start = start;
        this.folder = folder;
        this.kills = kills;
        this.events = events / BATCH * BATCH;
    }

    /**
     * What came of it.
     *
     * @param slowest the most CPU time that the console's thread took for one pulse, nanoseconds
     * @param told what the console said to people
     */
    public record Outcome(
            long shown, long lost, long doubled, long slowest, int pulses, List<String> told) {}

    /** Kills, and counts at the end. */
    public Outcome run() throws InterruptedException {
        try (GatewayProcess gateway = start.apply(folder)) {
            Feed feed = feed(gateway.address());
            pump(feed, feed.status().standing().map(Standing::receives)::getValue);
            // Only now: of what came before it was there, a first console gets the newest only.
            Thread publisher = Thread.ofVirtual().start(() -> publish(gateway.address()));
            for (int kill = 1; kill <= kills; kill++) {
                long enough = events * kill / (kills + 1);
                pump(feed, () -> acknowledged.get() >= enough);
                gateway.kill();
                Thread restart = Thread.ofVirtual().start(gateway::restart);
                pump(feed, () -> !restart.isAlive());
                feed.reconnectNow();
                if (kill % CONSOLE == 0) {
                    end(feed);
                    feed = feed(gateway.address());
                }
            }
            Feed last = feed;
            pump(last, () -> !publisher.isAlive());
            pump(last, () -> last.models().logs().statusProperty().get().held() >= events);
            settle(last);
            List<String> lines = ShownLines.of(last.models().logs());
            end(last);
            return outcome(lines);
        }
    }

    private Outcome outcome(List<String> lines) {
        Set<String> expected =
                LongStream.range(0, events)
                        .mapToObj(i -> "line " + i)
                        .collect(Collectors.toCollection(HashSet::new));
        long different = lines.stream().distinct().count();
        lines.forEach(expected::remove);
        return new Outcome(
                lines.size(), expected.size(), lines.size() - different, slowest, pulses, told);
    }

    private void settle(Feed feed) {
        for (int i = 0; i < 50; i++) {
            pulse(feed);
        }
    }

    private void pump(Feed feed, BooleanSupplier until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!until.getAsBoolean()) {
            pulse(feed);
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "Nothing moves: %d acknowledged, %s"
                                .formatted(acknowledged.get(), feed.status().reason().get()));
            }
        }
    }

    /** A frame of the console, and how much of a core it took. */
    private void pulse(Feed feed) {
        long before = THREADS.getCurrentThreadCpuTime();
        int _ = feed.pump().pulse();
        ShownLines.pulse(feed.models().logs());
        if (!feed.status().restoring()) {
            slowest = Math.max(slowest, THREADS.getCurrentThreadCpuTime() - before);
        }
        pulses++;
        LockSupport.parkNanos(5_000_000);
    }

    private Feed feed(URI gateway) {
        return Feeds.kept(
                Feeds.wanted(gateway, "kills1", "*"),
                folder.resolve("events"),
                64 << 20,
                this::say,
                LogsModel.keptIn(folder.resolve("lines")));
    }

    private synchronized void say(String sentence) {
        told.add(sentence);
    }

    private void publish(URI gateway) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (long from = 0; from < events; from += BATCH) {
                while (!send(http, gateway, from)) {
                    LockSupport.parkNanos(20_000_000); // the gateway is away
                }
                acknowledged.addAndGet(BATCH);
            }
        }
    }

    private static boolean send(HttpClient http, URI gateway, long from) {
        String body =
                LongStream.range(from, from + BATCH)
                        .mapToObj(i ->
                                "{\"channel\":\"logs:kill:many\",\"message\":\"line %d\"}"
                                        .formatted(i))
                        .collect(Collectors.joining("\n"));
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/api/events"))
                        .timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/x-ndjson")
                        .header("Idempotency-Key", "many-" + from)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
