package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.B;
import static io.tailrace.server.eventlog.Entries.C;
import static io.tailrace.server.eventlog.Entries.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

final class RocksDbFullDiskTest {

    private static final RocksDbOptions SMALL =
            RocksDbOptions.DEFAULT.withBufferBytes(2 << 20).withReserveBytes(0);

    private final Random random = new Random(3);
    private final MutableClock clock = new MutableClock();

    @TempDir Path directory;

    @Test
    void refusesBeforeTheReserveIsTouchedAndGoesOnWhenThereIsSpace() {
        AtomicLong usable = new AtomicLong(300 << 20);
        RocksDbOptions options = RocksDbOptions.DEFAULT.withReserveBytes(200 << 20);
        try (EventLog log = RocksDbEventLog.open(directory, options, clock, usable::get)) {
            log.append(List.of(entry(A, "1")), Map.of());
            usable.set(100 << 20);
            assertThatThrownBy(() -> log.append(List.of(entry(A, "2")), Map.of()))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("The disk of " + directory + " is full")
                    .hasMessageContaining("100 MiB are free and 200 MiB");
            assertThat(log.newest()).isEqualTo(1);
            assertThat(log.read(List.of(A), 0, 9, 9, 9)).hasSize(1);
            log.trim(new Retention(Retention.UNLIMITED.age(), 0, 0), clock.instant());
            usable.set(201 << 20);
            assertThat(log.append(List.of(entry(A, "2")), Map.of())).isEqualTo(2);
        }
    }

    @Test
    void survivesADiskThatIsReallyFull() throws IOException {
        var disk = SmallDisk.mount(directory.resolve("disk"), 24);
        assumeTrue(disk.isPresent(), "Only root can mount; the quota is tested in any case.");
        try (SmallDisk small = disk.orElseThrow();
                var log = RocksDbEventLog.open(small.path().resolve("log"), SMALL, clock)) {
            Appended appended = new Appended(log);
            appended.some();
            for (int round = 0; round < 2; round++) {
                Path filler = small.fill();
                appended.untilFull();
                appended.isAllThere();
                appended.untilFull(); // trying breaks nothing, opening anew may free a little
                appended.isAllThere();
                Files.delete(filler);
                appended.someAgain();
                if (round == 0) {
                    log.trim(new Retention(Retention.UNLIMITED.age(), 0, 0), clock.instant());
                    appended.trimmed();
                }
                appended.someAgain();
                appended.isAllThere();
            }
        }
    }

    @Test
    void survivesTableFilesThatMayNotGrow() {
        try (var log = RocksDbEventLog.open(directory, SMALL, clock)) {
            Appended appended = new Appended(log);
            appended.some();
            quota(log, 1 << 20);
            appended.untilFull();
            appended.isAllThere();
            appended.some(); // opened anew, without a quota
            appended.isAllThere();
        }
    }

    private static void quota(RocksDbEventLog log, long bytes) {
        log.guard()
                .read(store -> {
                    store.files().setMaxAllowedSpaceUsage(bytes);
                    return true;
                });
    }

    @Test
    void aFailedWriteThatReachedTheDiskAllTheSameIsTakenBack() {
        byte[] answer = {1};
        try (var log = RocksDbEventLog.open(directory, SMALL, clock)) {
            log.append(
                    List.of(entry(A, "1"), entry(B, "2")),
                    Map.of("kept", answer),
                    Map.of("read up to", answer));
            appendButFail(log, List.of(entry(A, "lost"), entry(C, "lost")));
            assertThat(log.newest()).isEqualTo(2);
            assertThat(log.append(List.of(entry(B, "3")), Map.of())).isEqualTo(3);
            assertThat(log.append(List.of(entry(C, "4")), Map.of())).isEqualTo(4);
            checkNothingLost(log);
        }
        try (var log = RocksDbEventLog.open(directory, SMALL, clock)) {
            checkNothingLost(log);
        }
    }

    private static void checkNothingLost(EventLog log) {
        assertThat(Entries.texts(log.read(List.of(A, B, C), 0, 99, 99, 99)))
                .containsExactly("1", "2", "3", "4");
        assertThat(log.receipt("kept")).isPresent();
        assertThat(log.receipt("lost")).isEmpty();
        assertThat(log.note("read up to")).hasValue(new byte[] {1});
        assertThat(log.channels())
                .containsExactlyInAnyOrder(
                        new ChannelInfo(A, 0, 1, 1, 1),
                        new ChannelInfo(B, 0, 3, 2, 2),
                        new ChannelInfo(C, 0, 4, 1, 1));
    }

    /** As when the write-ahead log was written but could not be forced to the disk. */
    private void appendButFail(RocksDbEventLog log, List<NewEntry> entries) {
        assertThatThrownBy(() -> log.guard().write(store -> commitAndFail(store, log, entries)))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("injected");
    }

    private boolean commitAndFail(RocksStore store, EventLog log, List<NewEntry> entries)
            throws RocksDBException {
        ReceiptBook receipts = new ReceiptBook(ReceiptLimits.DEFAULT);
        receipts.load(store);
        var channels = new StoreMeta(directory).channels(store);
        AppendBatch batch = new AppendBatch(store, channels, log.newest(), entries);
        NoteBook notes = new NoteBook();
        Map<String, byte[]> lost = Map.of("read up to", new byte[] {2});
        batch.commit(receipts, Map.of("lost", new byte[0]), notes, lost, clock.millis());
        throw new RocksDBException("injected");
    }

    @Test
    void readsGoOnWhileTheLogCannotBeOpenedAnew() throws IOException {
        Path away = directory.resolve("away");
        Path data = directory.resolve("log");
        try (var log = RocksDbEventLog.open(data, SMALL, clock)) {
            log.append(List.of(entry(A, "1")), Map.of());
            appendButFail(log, List.of(entry(A, "lost")));
            assertThat(log.read(List.of(A), 0, 99, 99, 99)).hasSize(1);
            Files.move(data, away);
            Files.writeString(data, "in the way");
            assertThatThrownBy(() -> log.append(List.of(entry(A, "2")), Map.of()))
                    .isInstanceOf(EventLogException.class);
            assertThatThrownBy(() -> log.read(List.of(A), 0, 99, 99, 99))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("could not be opened again");
            Files.delete(data);
            Files.move(away, data);
            await().ignoreExceptionsInstanceOf(EventLogException.class)
                    .untilAsserted(() ->
                            assertThat(log.append(List.of(entry(A, "2")), Map.of())).isEqualTo(2));
            assertThat(log.read(List.of(A), 0, 99, 99, 99)).hasSize(2);
        }
    }

    /** What was acknowledged. */
    private final class Appended {
        private final EventLog log;
        private long first = 1;
        private long newest;

        Appended(EventLog log) {
            this.log = log;
        }

        /** As a publisher that comes again after each refusal, until the log goes on by itself. */
        void someAgain() {
            for (int i = 0; i < 20; i++) {
                await().untilAsserted(
                                () -> assertThatCode(this::append).doesNotThrowAnyException());
            }
        }

        private void append() {
            byte[] noise = new byte[40_000]; // does not compress
            random.nextBytes(noise);
            NewEntry large = new NewEntry(A, "log", 1, noise);
            byte[] key = Long.toString(newest).getBytes(UTF_8);
            long position = log.append(List.of(large, entry(B, "x")), Map.of("k" + newest, key));
            assertThat(position).isEqualTo(newest + 1);
            newest = position + 1;
        }

        void some() {
            for (int i = 0; i < 20; i++) {
                append();
            }
        }

        void untilFull() {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 2_000; i++) {
                                    append();
                                }
                            })
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("is full");
        }

        void trimmed() {
            first = newest + 1;
        }

        void isAllThere() {
            assertThat(log.newest()).isEqualTo(newest);
            assertThat(log.receipt("k" + newest)).isEmpty();
            List<StoredEntry> read =
                    log.read(List.of(A, B), 0, Long.MAX_VALUE, 100_000, Long.MAX_VALUE);
            assertThat(read).hasSize((int) (newest - first + 1));
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).position()).isEqualTo(first + i);
            }
        }
    }
}
