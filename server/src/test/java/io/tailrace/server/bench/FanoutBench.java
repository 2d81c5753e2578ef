package io.tailrace.server.bench;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The gateway beside nginx with nchan: one channel, many subscribers, events of 200 bytes, the same
 * client for both. The gateway stores every event durably and checks every reader's access.
 *
 * <p>Needs {@code nginx} and {@code libnginx-mod-nchan}; the machine's limit of open files bounds
 * the number of subscribers.
 */
public final class FanoutBench {

    static final String TEXT =
            "seq=%010d t=%019d rows=4475 dur=720ms loaded into warehouse.orders_fact; nothing"
                    + " unusual to see here";
    // Each waits for its answer: with fewer, nobody is ever 64 ahead of a log that syncs.
    private static final int PUBLISHERS = 16;
    // The gateway is compiled while it runs; a bench is not to measure that.
    private static final int WARM_UP = 8; // seconds
    private static final int DELIVERIES_PER_SECOND = 20_000;

    private final int seconds;
    private final List<String> jvm;

    private FanoutBench(int seconds, List<String> jvm) {
        this.seconds = seconds;
        this.jvm = jvm;
    }

    /**
     * Runs it.
     *
     * @param arguments seconds per phase (4), numbers of subscribers separated by commas
     *     (100,1000,10000), what to measure separated by commas (window,latency,idle,channels),
     *     options for the gateway's JVM
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        String sizes = arguments.length > 1 ? arguments[1] : "100,1000,10000";
        List<String> parts =
                List.of(
                        (arguments.length > 2 ? arguments[2] : "window,latency,idle,channels")
                                .split(",", -1));
        List<String> jvm =
                List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
        var bench = new FanoutBench(seconds, jvm);
        System.out.printf("%-34s %10s %14s %14s%n", "", "readers", "deliveries/s", "CPU us/deliv.");
        for (String size : sizes.split(",", -1)) {
            bench.run(Integer.parseInt(size), parts);
        }
        if (parts.contains("channels")) {
            ChannelsBench.run(seconds, jvm);
        }
        System.exit(0);
    }

    private void run(int readers, List<String> parts) throws Exception {
        for (boolean ours : new boolean[] {false, true}) {
            try (ServerProcess server = start(ours)) {
                if (parts.contains("idle")) {
                    idle(server, readers);
                }
                if (parts.contains("window")) {
                    windows(server, readers);
                }
                if (parts.contains("latency")) {
                    latency(server, readers, 0);
                    if (ours) {
                        latency(server, readers, readers / 5);
                    }
                }
            }
        }
    }

    private ServerProcess start(boolean ours) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fanout-bench");
        return ours ? ServerProcess.gateway(folder, jvm) : ServerProcess.nchan(folder);
    }

    private Swarm swarm(ServerProcess server, int readers, boolean readAll, int stalled)
            throws IOException, InterruptedException {
        return new Swarm(
                server.port(),
                readers,
                seq.get(),
                i ->
                        server.name().equals("nchan")
                                ? "/subscribe"
                                : "/api/sse/session/s" + i + "?channels=logs:bench:fan",
                readAll,
                stalled);
    }

    private void windows(ServerProcess server, int readers) throws Exception {
        try (Swarm swarm = swarm(server, readers, false, 0)) {
            windowed(server, swarm, readers, 64, 1, WARM_UP);
            windowed(server, swarm, readers, 64, 1, seconds).print(server, "64 ahead", readers);
            if (server.name().equals("tailrace")) {
                windowed(server, swarm, readers, 64, 64, seconds)
                        .print(server, "64 ahead, posted together", readers);
            }
            windowed(server, swarm, readers, 1, 1, seconds).print(server, "1 ahead", readers);
        }
    }

    private final AtomicLong seq = new AtomicLong();

    /** A publisher that stays so many events ahead of the mean subscriber. */
    private Deliveries windowed(
            ServerProcess server, Swarm swarm, int readers, int window, int batch, int time)
            throws Exception {
        // What was published before is delivered first, and does not count.
        AtomicLong published = new AtomicLong();
        long base = swarm.delivered();
        double cpu = server.cpuSeconds();
        long begin = System.nanoTime();
        long end = begin + time * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < Math.min(PUBLISHERS, window); p++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try (RawPost post = new RawPost(server.port())) {
                                    while (System.nanoTime() < end) {
                                        long mean = (swarm.delivered() - base) / readers;
                                        long room = window - (published.get() - mean);
                                        if (room <= 0) {
                                            LockSupport.parkNanos(20_000);
                                        } else {
                                            int count = (int) Math.min(room, batch);
                                            published.addAndGet(count);
                                            publish(server, post, "fan", count);
                                        }
                                    }
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long delivered = swarm.delivered() - base;
        Deliveries result =
                new Deliveries(
                        delivered, (System.nanoTime() - begin) / 1e9, server.cpuSeconds() - cpu);
        try (RawPost post = new RawPost(server.port())) { // the last of all, whoever overtook whom
            publish(server, post, "fan", 1);
        }
        settle(swarm, base + (published.get() + 1) * readers);
        return result;
    }

    static void settle(Swarm swarm, long goal) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (swarm.delivered() < goal && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        if (swarm.delivered() != goal) {
            System.out.printf(
                    "  !! %,d were delivered where %,d were due%n", swarm.delivered(), goal);
        }
    }

    private void publish(ServerProcess server, RawPost post, String channel, int count)
            throws IOException {
        StringBuilder body = new StringBuilder();
        boolean ours = server.name().equals("tailrace");
        for (int i = 0; i < count; i++) {
            String text = TEXT.formatted(seq.incrementAndGet(), System.nanoTime());
            body.append(
                    ours
                            ? "{\"channel\":\"logs:bench:%s\",\"message\":\"%s\"}\n"
                                    .formatted(channel, text)
                            : "{\"kind\":\"log\",\"channel\":\"logs:bench:fan\",\"time\":\"2026-11-21T13:00:00.000Z\",\"message\":\""
                                    + text
                                    + "\"}");
        }
        post.post(
                ours ? "/api/events" : "/publish",
                ours ? "application/x-ndjson" : "application/json",
                body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** A steady rate: what a reader waits for an event. */
    private void latency(ServerProcess server, int readers, int stalled) throws Exception {
        Histogram histogram = new Histogram(60_000_000_000L, 3);
        double rate = DELIVERIES_PER_SECOND / (double) (readers - stalled);
        try (Swarm swarm = swarm(server, readers, true, stalled);
                RawPost post = new RawPost(server.port())) {
            paced(server, post, rate, 2);
            swarm.record(histogram);
            double cpu = server.cpuSeconds();
            long before = swarm.delivered();
            paced(server, post, rate, seconds * 2);
            LockSupport.parkNanos(300_000_000);
            swarm.record(null);
            cpu = server.cpuSeconds() - cpu;
            System.out.printf(
                    "%-34s %,10d %,14d %14.2f   p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
                    server.name() + (stalled > 0 ? ", paced, 20 % stalled" : ", paced"),
                    readers,
                    (swarm.delivered() - before) / (seconds * 2L),
                    cpu * 1e6 / (swarm.delivered() - before),
                    histogram.getValueAtPercentile(50) / 1e6,
                    histogram.getValueAtPercentile(99) / 1e6,
                    histogram.getMaxValue() / 1e6);
        }
    }

    private void paced(ServerProcess server, RawPost post, double rate, int time)
            throws IOException {
        long begin = System.nanoTime();
        long count = Math.round(rate * time);
        for (long i = 0; i < count; i++) {
            long due = begin + (long) (i * 1e9 / rate);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            publish(server, post, "fan", 1);
        }
    }

    /** What an open stream costs that nothing flows on. */
    private void idle(ServerProcess server, int readers) throws Exception {
        try (Swarm warm = swarm(server, Math.min(100, readers), false, 0)) {
            warm.record(null);
        }
        server.collect();
        long before = server.residentBytes();
        try (Swarm swarm = swarm(server, readers, false, 0)) {
            LockSupport.parkNanos(500_000_000);
            server.collect();
            System.out.printf(
                    "%-34s %,10d   %.1f KB resident a reader (%,d MB at first), %d%n",
                    server.name() + ", idle",
                    readers,
                    (server.residentBytes() - before) / 1024.0 / readers,
                    before >> 20,
                    swarm.bytes() == 0 ? 0 : 1);
        }
    }
}
