package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.entry;

import io.tailrace.model.Channel;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The program that {@link RocksDbCrashIT} kills: appends for ever, says what was acknowledged. */
final class CrashWriter {

    private CrashWriter() {}

    public static void main(String[] args) {
        RocksDbOptions options =
                RocksDbOptions.DEFAULT.withReserveBytes(0).withBufferBytes(1 << 20);
        Random random = new Random();
        try (EventLog log =
                RocksDbEventLog.open(Path.of(args[0]), options, InstantSource.system())) {
            while (true) {
                List<NewEntry> batch = new ArrayList<>();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    int channel = random.nextInt(10);
                    String text = "c" + channel + " " + "x".repeat(random.nextInt(2_000));
                    batch.add(entry(Channel.logs("acme", "c" + channel), text));
                }
                long first = log.append(batch, Map.of("key" + (log.newest() + 1), new byte[] {1}));
                System.out.println(first + " " + batch.size());
                if (random.nextInt(50) == 0) {
                    log.trim(
                            new Retention(Retention.UNLIMITED.age(), 300_000, 10_000),
                            InstantSource.system().instant());
                }
            }
        }
    }
}
