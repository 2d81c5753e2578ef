package io.tailrace.server.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Publishers, readers and a gateway, each behind a network that misbehaves, while grants, tokens
 * and channels change, by a schedule that a seed decides; afterwards the recorded histories are
 * checked against the promises.
 */
public final class Chaos {

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Pattern TRIMMED =
            Pattern.compile(
                    "\"channel\":\"([^\"]+)\"[^}]*\"trimmed_to\":\"[^\"]*-(\\d+)\"",
                    Pattern.DOTALL);

    private static final List<String> CHANNELS =
            IntStream.range(0, 6)
                    .mapToObj(i -> "logs:chaos:" + (i % 2 == 0 ? "even" : "odd") + i)
                    .toList();

    private final long seed;
    private final Duration time;
    private final Path folder;
    private final Ledger ledger = new Ledger();

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
        try (GatewayProcess gateway = new GatewayProcess(folder, options());
                TcpProxy toPublish = new TcpProxy(gateway.port());
                TcpProxy toRead = new TcpProxy(gateway.port());
                TcpProxy toReadToo = new TcpProxy(gateway.port());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var random = new Random(seed);
            Readers readers = Readers.of(gateway, CHANNELS, toRead, toReadToo);
            var changes = new Changes(random, gateway, readers.cast(), ledger);
            var proxies = List.of(toPublish, toRead, toReadToo);
            var schedule = new Schedule(random, gateway, proxies, changes);
            try {
                harm(gateway, toPublish, readers, schedule, threads);
                check(readers, new Seen(changes.revoked(), trimmed(gateway)));
            } catch (ExecutionException | AssertionError e) {
                throw new AssertionError(
                        "Seed %d, %s:%n%s%n%s"
                                .formatted(seed, schedule, e.getMessage(), gateway.log()),
                        e);
            }
            return "seed %d: %,d published; read %s; %s"
                    .formatted(seed, ledger.lines().size(), readers, schedule);
        }
    }

    /** What is known when everything is over. */
    private record Seen(Map<String, Long> revoked, Map<String, Long> trimmed) {}

    private void harm(
            GatewayProcess gateway,
            TcpProxy toPublish,
            Readers readers,
            Schedule schedule,
            ExecutorService threads)
            throws Exception {
        List<ChaosPublisher> publishers = new ArrayList<>();
        List<Future<?>> publishing = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var publisher =
                    new ChaosPublisher(
                            toPublish.uri(),
                            "p" + i,
                            CHANNELS,
                            seed * 31 + i,
                            forgets() ? 4_000 : 50,
                            ledger,
                            gateway.admin());
            publishers.add(publisher);
            publishing.add(threads.submit(publisher));
        }
        List<Future<?>> reading = new ArrayList<>();
        readers.all().forEach(reader -> reading.add(threads.submit(reader)));
        schedule.run(time);
        publishers.forEach(ChaosPublisher::stop);
        for (Future<?> publisher : publishing) {
            publisher.get();
        }
        settle(readers);
        for (ChaosReader reader : readers.all()) {
            reader.stop();
        }
        for (Future<?> reader : reading) {
            reader.get();
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

    private Promises promises(Readers readers, ChaosReader reader, Seen seen) {
        return new Promises(
                ledger, readers.grants(reader), reader.wishes(), seen.revoked(), seen.trimmed());
    }

    /** Until every reader knows of the last entry of each of its channels. */
    private void settle(Readers readers) {
        Map<String, Long> last = new HashMap<>();
        ledger.lines().forEach((position, line) -> last.put(line.channel(), position));
        long end = System.nanoTime() + RECOVERY.toNanos();
        for (ChaosReader reader : readers.all()) {
            Promises promises = promises(readers, reader, new Seen(Map.of(), Map.of()));
            last.forEach((channel, position) -> {
                Ledger.Line line = Objects.requireNonNull(ledger.lines().get(position));
                while (promises.owed(reader.history(), position, line)
                        && !reader.history().accounts(position, channel)
                        && System.nanoTime() < end) {
                    LockSupport.parkNanos(5_000_000);
                }
            });
        }
    }

    private void check(Readers readers, Seen seen) {
        List<String> faults = new ArrayList<>();
        for (ChaosReader reader : readers.all()) {
            for (String fault : promises(readers, reader, seen).faults(reader.history())) {
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
