package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.B;
import static io.tailrace.server.eventlog.Entries.C;
import static io.tailrace.server.eventlog.Entries.entries;
import static io.tailrace.server.eventlog.Entries.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A store whose files were cut off or changed in many places opens with all that was acknowledged,
 * or says what is wrong with which file. It never opens with a hole that nobody is told of.
 */
final class RocksDbDamageTest {

    private static final List<Channel> CHANNELS = List.of(A, B, C);
    private static final RocksDbOptions OPTIONS = RocksDbOptions.DEFAULT.withReserveBytes(0);

    private static final int TRIES = Integer.getInteger("tailrace.damage", 1);
    private static final Pattern NAMED =
            Pattern.compile(
                    "\\d+\\.sst|\\*\\.log|MANIFEST|CURRENT|log number:? \\d+|newest"
                            + " entries, \\d+ to \\d+, are missing");

    @TempDir static Path folders;
    private static List<StoredEntry> all = List.of();
    private static String epoch = "";

    @TempDir Path folder;
    private int copies;

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

    /** Table files of several ages, and two write-ahead logs of several appends. */
    @BeforeAll
    static void fill() throws IOException {
        Path begun = folders.resolve("begun");
        try (RocksDbEventLog log = open(begun)) {
            for (int round = 0; round < 5; round++) {
                for (Channel channel : CHANNELS) {
                    log.append(entries(channel, 60, channel + " " + round + " "), Map.of());
                }
                boolean whole = round < 3;
                log.guard().read(store -> flush(store, whole));
            }
            log.append(entries(A, 60, "last "), Map.of());
            all = read(log);
            epoch = log.epoch();
            copy(begun, original());
        }
        assertThat(all).hasSize(5 * 3 * 60 + 60);
    }

    private static Path original() {
        return folders.resolve("original");
    }

    /** Without the entries the write-ahead log is still needed, but another one is begun. */
    private static boolean flush(RocksStore store, boolean whole) throws RocksDBException {
        var families = new ArrayList<>(List.of(store.channels(), store.meta(), store.receipts()));
        if (whole) {
            families.add(store.entries());
        }
        try (var options = new FlushOptions()) {
            store.db().flush(options, families);
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

    private static List<Path> files(String regex) throws IOException {
        try (Stream<Path> files = Files.list(original())) {
            return files.filter(f -> f.getFileName().toString().matches(regex))
                    .filter(f -> f.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    /** The largest first: those have entries. */
    private static List<Path> tables() throws IOException {
        return files(".*\\.sst").stream()
                .sorted(Comparator.comparingLong(f -> -f.toFile().length()))
                .toList();
    }

    /** Beginning, end, and some places between. */
    private static int[] places(int size, Random random) {
        return IntStream.concat(IntStream.of(0, 1, size / 2, size - 1), random.ints(TRIES, 0, size))
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void nothingIsSkippedSilentlyWhateverFileIsDamaged(Damage damage) throws IOException {
        Random random = new Random(damage.name().hashCode());
        List<Path> files = new ArrayList<>(tables().subList(0, 3));
        files.addAll(files(".*\\.log|MANIFEST.*|CURRENT|ACKNOWLEDGED|LISTED"));
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at : places(bytes.length, random)) {
                Path copy = damaged(file, damage.of(bytes, at, random));
                assertThat(problem(copy, all))
                        .as("%s of %s at %d", damage, file.getFileName(), at)
                        .isEmpty();
            }
        }
    }

    /** Without the witnesses: what a crash of the machine may leave. */
    @Test
    void aCutOffWriteAheadLogOpensWithAllUpToTheCut() throws IOException {
        Path file = files(".*\\.log").getLast();
        byte[] bytes = Files.readAllBytes(file);
        for (int at : places(bytes.length, new Random(1))) {
            Path copy = damaged(file, Arrays.copyOf(bytes, at));
            Files.delete(copy.resolve(Acknowledged.FILE));
            try (EventLog log = open(copy)) {
                assertThat(texts(read(log)))
                        .as("cut at %d", at)
                        .isEqualTo(texts(all.subList(0, (int) log.newest())));
                assertThat(log.epoch()).isNotEqualTo(epoch);
            }
        }
    }

    @Test
    void aWriteAheadLogThatIsMissingIsNoticed() throws IOException {
        List<Path> logs = files(".*\\.log");
        assertThat(logs).hasSizeGreaterThan(1);
        for (Path file : logs) {
            Path copy = damaged(file, new byte[0]);
            Files.delete(copy.resolve(file.getFileName()));
            assertThat(problem(copy, all)).as("without %s", file.getFileName()).isEmpty();
        }
    }

    @Test
    void damageThatIsMetIsRememberedUntilTheEnd() throws IOException {
        Path file = tables().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        Path copy = damaged(file, Damage.ONE_BIT.of(bytes, 10, new Random(1)));
        try (EventLog log = open(copy)) {
            assertThat(log.damage()).isEmpty();
            assertThatThrownBy(() -> read(log)).isInstanceOf(EventLogException.class);
            log.append(entries(A, 1, "more"), Map.of());
            assertThat(log.damage())
                    .get(STRING)
                    .contains("is damaged (block checksum mismatch", file.getFileName().toString());
        }
    }

    private Path damaged(Path file, byte[] bytes) throws IOException {
        Path copy = folder.resolve(String.valueOf(copies++));
        copy(original(), copy);
        Files.write(copy.resolve(file.getFileName()), bytes);
        return copy;
    }

    /**
     * Empty when it opens with all entries, or a sentence says which file is damaged or what lost.
     */
    private static String problem(Path directory, List<StoredEntry> expected) {
        try (EventLog log = open(directory)) {
            List<StoredEntry> got = read(log);
            return texts(got).equals(texts(expected))
                    ? ""
                    : "opened with %d entries of %d".formatted(got.size(), expected.size());
        } catch (EventLogException e) {
            String said = String.valueOf(e.getMessage());
            boolean fine = // "block checksum" is no lock of another process
                    said.contains(directory.toString())
                            && said.endsWith("nothing was deleted.")
                            && NAMED.matcher(said).find();
            return fine ? "" : said;
        }
    }
}
