package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.B;
import static io.tailrace.server.eventlog.Entries.entries;
import static io.tailrace.server.eventlog.Entries.entry;
import static io.tailrace.server.eventlog.Entries.positions;
import static io.tailrace.server.eventlog.Entries.text;
import static io.tailrace.server.eventlog.Entries.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** What every event log promises about retention, and to readers beside appends and trims. */
abstract class TrimContract extends EventLogContract {

    private static final Instant NOW = Instant.ofEpochMilli(100_000);

    void trim(Duration age, long bytes, long count) {
        log.trim(new Retention(age, bytes, count), NOW);
        log = afterWrite(log);
    }

    private static Duration forever() {
        return Retention.UNLIMITED.age();
    }

    @Test
    void unlimitedRetentionKeepsEverything() {
        append(entries(A, 20, "a"));
        log.trim(Retention.UNLIMITED, NOW);
        assertThat(readAll(A)).hasSize(20);
    }

    @Test
    void trimsEachChannelByCount() {
        for (int i = 0; i < 10; i++) {
            append(entry(A, "a" + i), entry(B, "b" + i));
        }
        append(entry(B, "b10"));
        trim(forever(), Long.MAX_VALUE, 3);
        assertThat(texts(readAll(A))).containsExactly("a7", "a8", "a9");
        assertThat(texts(readAll(B))).containsExactly("b8", "b9", "b10");
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 13, 19, 3, 6));
        assertThat(log.channel(B)).contains(new ChannelInfo(B, 16, 21, 3, 7));
        assertThat(log.newest()).isEqualTo(21);
    }

    @Test
    void trimsByBytes() {
        append(entry(A, "1234"), entry(B, "1"), entry(A, "12"), entry(A, "123"));
        trim(forever(), 5, Long.MAX_VALUE);
        assertThat(texts(readAll(A))).containsExactly("12", "123");
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 1, 4, 2, 5));
        assertThat(log.channel(B)).contains(new ChannelInfo(B, 0, 2, 1, 1));
    }

    @Test
    void trimsByAge() {
        append(IntStream.range(0, 100).mapToObj(i -> entry(A, "a" + i, i * 1_000L)).toList());
        trim(Duration.ofSeconds(30), Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(texts(readAll(A))).hasSize(30).startsWith("a70").endsWith("a99");
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 70, 100, 30, 90));
    }

    @Test
    void theTightestBoundDecides() {
        for (int i = 0; i < 10; i++) {
            append(entry(A, "a" + i, 90_000 + i * 1_000L));
        }
        trim(Duration.ofSeconds(8), 10, 6);
        assertThat(texts(readAll(A))).containsExactly("a5", "a6", "a7", "a8", "a9");
        trim(Duration.ofSeconds(3), 10, 6);
        assertThat(texts(readAll(A))).containsExactly("a7", "a8", "a9");
        trim(Duration.ofSeconds(3), 10, 1);
        assertThat(texts(readAll(A))).containsExactly("a9");
        trim(Duration.ofSeconds(3), 1, 1);
        assertThat(readAll(A)).isEmpty();
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 10, 10, 0, 0));
    }

    @Test
    void appendsGoOnBehindAnEmptiedChannel() {
        append(entries(A, 5, "a"));
        trim(forever(), Long.MAX_VALUE, 0);
        assertThat(log.beforeNewest(A, 3, Long.MAX_VALUE)).isGreaterThanOrEqualTo(5);
        assertThat(append(entry(A, "new"))).isEqualTo(6);
        assertThat(positions(readAll(A))).containsExactly(6L);
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 5, 6, 1, 3));
        assertThat(texts(log.read(List.of(A), log.beforeNewest(A, 3, 9), 9, 9, 99)))
                .containsExactly("new");
    }

    @Test
    void trimmingTwiceChangesNothingMore() {
        append(entries(A, 10, "a"));
        trim(forever(), Long.MAX_VALUE, 4);
        ChannelInfo once = log.channel(A).orElseThrow();
        trim(forever(), Long.MAX_VALUE, 4);
        assertThat(log.channel(A)).contains(once);
    }

    @Test
    void sumsStayRightOverManyRandomAppendsAndTrims() {
        Random random = new Random(42);
        List<NewEntry> model = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            List<NewEntry> batch = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Channel channel = random.nextBoolean() ? A : B;
                batch.add(entry(channel, "x".repeat(random.nextInt(30)), round * 1_000L));
            }
            append(batch);
            batch.stream().filter(e -> e.channel().equals(A)).forEach(model::add);
            if (round % 3 == 0) {
                long bytes = 50L + random.nextInt(200);
                long count = 1L + random.nextInt(40);
                trim(Duration.ofSeconds(100 - round + random.nextInt(20)), bytes, count);
                long kept = log.channel(A).map(ChannelInfo::count).orElse(0L);
                model = new ArrayList<>(model.subList(model.size() - (int) kept, model.size()));
            }
            long sum = model.stream().mapToLong(e -> e.json().length).sum();
            assertThat(readAll(A)).hasSize(model.size());
            assertThat(log.channel(A).map(ChannelInfo::bytes).orElse(0L)).isEqualTo(sum);
        }
    }

    @Test
    @Timeout(180)
    void readersBesideAppendsAndTrimsNeverSkipAnythingUnknowingly() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(reader(done)));
            }
            Thread trimmer =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!done.get()) {
                                    log.trim(new Retention(forever(), 9_999, 40), NOW);
                                }
                            });
            for (int i = 0; i < 300; i++) {
                // Both channels always have the same number of entries.
                log.append(
                        List.of(entry(A, "a"), entry(B, "b"), entry(A, "c"), entry(B, "d")),
                        Map.of());
            }
            done.set(true);
            trimmer.join();
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo(1_200);
            }
        }
        log.trim(new Retention(forever(), 9_999, 40), NOW);
        assertThat(log.channels()).allMatch(info -> info.count() == 40 && info.bytes() == 40);
    }

    /** Follows both channels; every jump must be covered by what trimmedTo says afterwards. */
    private Callable<Long> reader(AtomicBoolean done) {
        return () -> {
            long at = 0;
            while (true) {
                boolean last = done.get();
                List<StoredEntry> read = log.read(List.of(A, B), at, Long.MAX_VALUE, 50, 9_999);
                long trimmedTo =
                        log.channels().stream().mapToLong(ChannelInfo::trimmedTo).max().orElse(0);
                for (StoredEntry entry : read) {
                    assertThat(entry.position() == at + 1 || at < trimmedTo).isTrue();
                    assertThat(text(entry))
                            .isEqualTo("" + "dabc".charAt((int) (entry.position() % 4)));
                    at = entry.position();
                }
                if (last && read.isEmpty()) {
                    return at;
                }
            }
        };
    }
}
