package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.B;
import static io.tailrace.server.eventlog.Entries.C;
import static io.tailrace.server.eventlog.Entries.entries;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A store whose files were cut off or changed in many places opens with all that was acknowledged,
 * or says what is wrong with which file. It never opens with a hole that nobody is told of.
 */
final class RocksDbDamageTest {

    private static final List<Channel> CHANNELS = List.of(A, B, C);
    private static final RocksDbOptions OPTIONS = RocksDbOptions.DEFAULT.withReserveBytes(0);

    @TempDir static Path original;
    private static List<StoredEntry> all = List.of();

    @TempDir Path folder;

    /** What happens to a file. */
    enum Damage {
        CUT {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                return Arrays.copyOf(bytes, at);
            }
        },
        ONE_BIT {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                byte[] changed = bytes.clone();
                changed[Math.min(at, bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
                return changed;
            }
        },
        ZEROS {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                byte[] changed = bytes.clone();
                Arrays.fill(changed, at, Math.min(bytes.length, at + 512), (byte) 0);
                return changed;
            }
        },
        GARBAGE {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                byte[] changed = bytes.clone();
                byte[] garbage = new byte[512];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, changed, at, Math.min(512, bytes.length - at));
                return changed;
            }
        };

        abstract byte[] of(byte[] bytes, int at, Random random);
    }

    /** Table files of several ages, and a write-ahead log of several appends. */
    @BeforeAll
    static void fill() throws IOException {
        try (RocksDbEventLog log = open(original)) {
            for (int round = 0; round < 4; round++) {
                for (Channel channel : CHANNELS) {
                    log.append(entries(channel, 60, channel + " " + round + " "), Map.of());
                }
                if (round < 3) {
                    log.guard().read(RocksDbDamageTest::flush);
                }
            }
            all = read(log);
            copy(original, original.resolveSibling(original.getFileName() + "-live"));
        }
        assertThat(all).hasSize(4 * 3 * 60);
    }

    private static boolean flush(RocksStore store) throws RocksDBException {
        try (var options = new FlushOptions()) {
            store.db()
                    .flush(
                            options,
                            List.of(
                                    store.entries(),
                                    store.channels(),
                                    store.meta(),
                                    store.receipts()));
        }
        return true;
    }

    private static RocksDbEventLog open(Path at) {
        return RocksDbEventLog.open(at, OPTIONS, new MutableClock());
    }

    private static List<StoredEntry> read(EventLog log) {
        return log.read(CHANNELS, 0, Long.MAX_VALUE, 10_000, 1 << 24);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.getFileName().toString().equals("LOCK")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void probe(Damage damage) throws IOException {
        Random random = new Random(damage.name().hashCode());
        Path live = original.resolveSibling(original.getFileName() + "-live");
        Map<String, Integer> counts = new TreeMap<>();
        int n = 0;
        List<Path> files;
        try (Stream<Path> listed = Files.list(live)) {
            files = listed.sorted().filter(f -> f.toFile().length() > 0).toList();
        }
        for (Path file : files) {
            int size = (int) file.toFile().length();
            for (int i = 0; i < 12; i++) {
                int at = i == 0 ? 0 : i == 1 ? size - 1 : random.nextInt(size);
                Path there = folder.resolve("" + n++);
                copy(live, there);
                Path hit = there.resolve(file.getFileName());
                Files.write(hit, damage.of(Files.readAllBytes(hit), at, random));
                String outcome;
                try (RocksDbEventLog log = open(there)) {
                    List<StoredEntry> got = read(log);
                    outcome =
                            got.size() == all.size()
                                    ? "all"
                                    : "HOLE: " + got.size() + " newest " + log.newest();
                } catch (EventLogException e) {
                    outcome = String.valueOf(e.getMessage()).replace(there.toString(), "DIR");
                }
                counts.merge(file.getFileName() + "(" + size + ") " + outcome, 1, Integer::sum);
            }
        }
        counts.forEach((k, v) -> System.out.println(damage + " " + v + " x " + k));
    }
}
