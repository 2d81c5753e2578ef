package io.tailrace.server.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publishers, readers and a gateway, each behind a network that misbehaves, by a schedule that a
 * seed decides; afterwards the recorded histories are checked against the promises.
 */
public final class Chaos {

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Pattern TRIMMED =
            Pattern.compile(
                    "\"channel\":\"([^\"]+)\"[^}]*\"trimmed_to\":\"[^\"]*-(\\d+)\"",
                    Pattern.DOTALL);

    private final long seed;
    private final Duration time;
    private final Path folder;

    /**
     * One run.
     *
     * @param seed decides everything that goes wrong
     * @param time for how long it does
     * @param folder for the gateway's data and log
     */
    public Chaos(long seed, Duration time, Path folder) {
        this.seed = seed;
        this.time = time;
        this.folder = folder;
    }

    /**
     * Runs and checks.
     *
     * @return what happened, in one line
     * @throws AssertionError with every promise that was broken
     */
    public String run() throws Exception {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            channels.add("logs:chaos:" + (i % 2 == 0 ? "even" : "odd") + i);
        }
        Ledger ledger = new Ledger();
        try (GatewayProcess gateway = new GatewayProcess(folder, options());
                TcpProxy toPublish = new TcpProxy(gateway.port());
                TcpProxy toRead = new TcpProxy(gateway.port());
                TcpProxy toReadToo = new TcpProxy(gateway.port());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String epoch =
                    gateway.get("/api/runs").replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
            List<ChaosReader> readers =
                    List.of(
                            reader(toRead, "all", List.of("logs:chaos:*"), epoch),
                            reader(toRead, "even", List.of("logs:*:even*"), epoch),
                            reader(
                                    toReadToo,
                                    "two",
                                    List.of(channels.get(1), channels.get(2)),
                                    epoch),
                            reader(toReadToo, "odd", List.of("*:chaos:odd*"), epoch));
            List<ChaosPublisher> publishers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                publishers.add(
                        new ChaosPublisher(
                                toPublish.uri(),
                                "p" + i,
                                channels,
                                seed * 31 + i,
                                forgets() ? 4_000 : 50,
                                ledger));
            }
            List<Future<?>> publishing = new ArrayList<>();
            publishers.forEach(p -> publishing.add(threads.submit(p)));
            List<Future<?>> reading = new ArrayList<>();
            readers.forEach(r -> reading.add(threads.submit(r)));

            Schedule schedule = new Schedule(seed, gateway, List.of(toPublish, toRead, toReadToo));
            try {
                schedule.run(time);
                publishers.forEach(ChaosPublisher::stop);
                for (Future<?> publisher : publishing) {
                    publisher.get();
                }
                settle(ledger, readers);
                for (ChaosReader reader : readers) {
                    reader.stop();
                }
                for (Future<?> reader : reading) {
                    reader.get();
                }
                check(ledger, readers, trimmed(gateway));
            } catch (ExecutionException | AssertionError e) {
                throw new AssertionError(
                        "Seed %d, %s:%n%s%n%s"
                                .formatted(seed, schedule, e.getMessage(), gateway.log()),
                        e);
            }
            return "seed %d: %,d published; read %s; %s"
                    .formatted(
                            seed,
                            ledger.lines().size(),
                            readers.stream()
                                    .map(r ->
                                            r.history().size()
                                                    + " (gaps "
                                                    + r.history().gaps()
                                                    + ")")
                                    .toList(),
                            schedule);
        }
    }

    private boolean forgets() {
        return seed % 3 == 0;
    }

    /** Some runs keep so little that slow readers miss entries, and must be told. */
    private List<String> options() {
        List<String> options = new ArrayList<>(List.of("--heartbeat=1s", "--write-timeout=2s"));
        if (forgets()) {
            options.add("--retention-count=50");
            options.add("--trim-period=200ms");
            options.add("--tail-bytes=1MiB");
        }
        return options;
    }

    private static ChaosReader reader(
            TcpProxy proxy, String session, List<String> patterns, String epoch) {
        return new ChaosReader(proxy.uri(), session, patterns, epoch);
    }

    /** Until every reader knows of the last entry of each of its channels. */
    private static void settle(Ledger ledger, List<ChaosReader> readers) {
        Map<String, Long> last = new HashMap<>();
        ledger.lines().forEach((position, line) -> last.put(line.channel(), position));
        long end = System.nanoTime() + RECOVERY.toNanos();
        for (ChaosReader reader : readers) {
            last.forEach((channel, position) -> {
                while (reader.wants(channel)
                        && !reader.history().accounts(position, channel)
                        && System.nanoTime() < end) {
                    LockSupport.parkNanos(5_000_000);
                }
            });
        }
    }

    private static void check(Ledger ledger, List<ChaosReader> readers, Map<String, Long> trimmed) {
        List<String> faults = new ArrayList<>();
        for (ChaosReader reader : readers) {
            for (String fault :
                    reader.history().faults(ledger, reader::wants, trimmed, (_, _) -> true)) {
                faults.add(reader + ": " + fault);
            }
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    faults.size()
                            + " faults:\n"
                            + String.join("\n", faults.subList(0, Math.min(20, faults.size()))));
        }
    }

    private static Map<String, Long> trimmed(GatewayProcess gateway) throws IOException {
        Map<String, Long> trimmed = new HashMap<>();
        Matcher matcher = TRIMMED.matcher(gateway.get("/api/channels"));
        while (matcher.find()) {
            trimmed.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        return trimmed;
    }
}
