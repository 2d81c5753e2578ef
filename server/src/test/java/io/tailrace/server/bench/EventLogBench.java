package io.tailrace.server.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.eventlog.RocksDbEventLog;
import io.tailrace.server.eventlog.RocksDbOptions;
import io.tailrace.server.eventlog.StoredEntry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many events a second the embedded log takes, forced to the disk, and gives back. */
public final class EventLogBench {

    private static final int CHANNELS = 1_000;
    private static final int REPLAYED = 500_000;

    private final Random random = new Random(1);
    private final List<Channel> channels =
            IntStream.range(0, CHANNELS).mapToObj(i -> Channel.logs("acme", "w" + i)).toList();

    private EventLogBench() {}

    /**
     * Runs everything; takes under a minute.
     *
     * @param arguments how many seconds each append measurement takes (3)
     */
    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path directory = Files.createTempDirectory("event-log-bench");
        try (EventLog log =
                RocksDbEventLog.open(
                        directory,
                        RocksDbOptions.DEFAULT.withReserveBytes(0),
                        InstantSource.system())) {
            new EventLogBench().run(log, Duration.ofSeconds(seconds));
        } finally {
            delete(directory);
        }
    }

    private void run(EventLog log, Duration time) {
        append(log, 100, Duration.ofSeconds(1)); // warm up
        for (int size : new int[] {1, 100, 1_000}) {
            print("append, forced, batches of " + size, append(log, size, time));
        }
        long start = log.newest();
        List<Channel> one = List.of(Channel.runs("acme", "replayed"));
        for (int i = 0; i < REPLAYED; i += 1_000) {
            log.append(batch(one, 1_000), Map.of());
        }
        print("replay of 1 channel, " + REPLAYED + " entries", replay(log, one, start));
        List<Channel> three = channels.subList(100, 103);
        print("replay of 3 of 1,000 channels", replay(log, three, 0));
        print("replay of all 1,000 channels", replay(log, channels, 0));
    }

    private double append(EventLog log, int size, Duration time) {
        List<List<NewEntry>> batches = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batches.add(batch(channels, size));
        }
        long start = System.nanoTime();
        long events = 0;
        for (int i = 0; System.nanoTime() - start < time.toNanos(); i++) {
            log.append(batches.get(i % batches.size()), Map.of());
            events += size;
        }
        return perSecond(events, start);
    }

    private List<NewEntry> batch(List<Channel> among, int size) {
        List<NewEntry> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Channel channel = among.get(random.nextInt(among.size()));
            String json =
                    "{\"kind\":\"log\",\"channel\":\"%s\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\",\"message\":\"loaded chunk %d of table_%d in %d ms, %d rows\",\"run\":\"r-%d\",\"task\":\"load\"}"
                            .formatted(
                                    channel.name(),
                                    random.nextInt(1_000),
                                    random.nextInt(50),
                                    random.nextInt(5_000),
                                    random.nextInt(1_000_000),
                                    random.nextInt(100));
            batch.add(new NewEntry(channel, "log", 0, json.getBytes(UTF_8)));
        }
        return batch;
    }

    private static double replay(EventLog log, List<Channel> channels, long from) {
        long start = System.nanoTime();
        long after = from;
        long events = 0;
        while (true) {
            List<StoredEntry> page = log.read(channels, after, Long.MAX_VALUE, 10_000, 4 << 20);
            if (page.isEmpty()) {
                return perSecond(events, start);
            }
            events += page.size();
            after = page.getLast().position();
        }
    }

    private static double perSecond(long events, long start) {
        return events * 1e9 / (System.nanoTime() - start);
    }

    private static void print(String what, double perSecond) {
        System.out.printf("%-45s %,12.0f events/s%n", what, perSecond);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
