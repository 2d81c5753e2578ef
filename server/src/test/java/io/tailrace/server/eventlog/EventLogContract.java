package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.B;
import static io.tailrace.server.eventlog.Entries.C;
import static io.tailrace.server.eventlog.Entries.entries;
import static io.tailrace.server.eventlog.Entries.entry;
import static io.tailrace.server.eventlog.Entries.positions;
import static io.tailrace.server.eventlog.Entries.text;
import static io.tailrace.server.eventlog.Entries.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** What every event log promises to whoever appends and reads. */
abstract class EventLogContract {

    static final ReceiptLimits LIMITS = new ReceiptLimits(Duration.ofHours(24), 3);

    final MutableClock clock = new MutableClock();
    EventLog log;

    /** An empty log. */
    abstract EventLog open();

    /** Called after each write: a durable log may be closed and opened here. */
    EventLog afterWrite(EventLog written) {
        return written;
    }

    @BeforeEach
    void openLog() {
        log = open();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    long append(NewEntry... batch) {
        return append(List.of(batch));
    }

    long append(List<NewEntry> batch) {
        long first = log.append(batch, Map.of());
        log = afterWrite(log);
        return first;
    }

    void remember(String key, String answer) {
        log.append(List.of(), Map.of(key, answer.getBytes(UTF_8)));
        log = afterWrite(log);
    }

    List<StoredEntry> readAll(Channel... channels) {
        return log.read(List.of(channels), 0, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Test
    void anEmptyLogHasAnEpochAndNothingElse() {
        assertThat(log.epoch()).matches("[a-z0-9]{8,32}");
        assertThat(log.newest()).isZero();
        assertThat(log.channels()).isEmpty();
        assertThat(log.channel(A)).isEmpty();
        assertThat(readAll(A, B)).isEmpty();
        assertThat(log.receipt("key")).isEmpty();
        assertThat(log.note("name")).isEmpty();
        assertThat(log.beforeNewest(A, 10, Long.MAX_VALUE)).isZero();
    }

    @Test
    void positionsCountOverAllChannelsWithoutHoles() {
        assertThat(append(entry(A, "1"), entry(B, "2"), entry(A, "3"))).isEqualTo(1);
        assertThat(append(entry(C, "4"))).isEqualTo(4);
        assertThat(append(entries(B, 5, "x"))).isEqualTo(5);
        assertThat(log.newest()).isEqualTo(9);
        assertThat(positions(readAll(A, B, C))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void entriesComeBackAsTheyWereGiven() {
        byte[] json = {'{', 0, (byte) 0xff, '\n', '}'};
        append(new NewEntry(C, "metric_ü", -5, json));
        StoredEntry stored = readAll(C).getFirst();
        assertThat(stored.channel()).isEqualTo(C);
        assertThat(stored.kind()).isEqualTo("metric_ü");
        assertThat(stored.received()).isEqualTo(-5);
        assertThat(stored.json()).isEqualTo(json);
    }

    @Test
    void readsOnlyTheChannelsAskedForInOrderOfPosition() {
        append(entry(A, "a1"), entry(B, "b1"), entry(C, "c1"), entry(A, "a2"), entry(B, "b2"));
        assertThat(texts(readAll(B, A))).containsExactly("a1", "b1", "a2", "b2");
        assertThat(texts(readAll(C))).containsExactly("c1");
        assertThat(texts(readAll(C, C, Channel.logs("no", "where")))).containsExactly("c1");
        assertThat(readAll()).isEmpty();
    }

    @Test
    void readsBehindAfterAndUpToUpTo() {
        append(entries(A, 10, "a"));
        assertThat(positions(log.read(List.of(A), 3, 6, 100, 1000))).containsExactly(4L, 5L, 6L);
        assertThat(log.read(List.of(A), 10, Long.MAX_VALUE, 100, 1000)).isEmpty();
        assertThat(log.read(List.of(A), 6, 6, 100, 1000)).isEmpty();
        assertThat(log.read(List.of(A), 99, Long.MAX_VALUE, 100, 1000)).isEmpty();
        assertThat(positions(log.read(List.of(A), -7, 1, 100, 1000))).containsExactly(1L);
    }

    @Test
    void limitsBoundAReadAndTheNextOneGoesOn() {
        append(entry(A, "aaaa"), entry(B, "bbbb"), entry(A, "cccc"), entry(B, "dddd"));
        assertThat(texts(log.read(List.of(A, B), 0, 9, 3, 1000)))
                .containsExactly("aaaa", "bbbb", "cccc");
        assertThat(texts(log.read(List.of(A, B), 3, 9, 3, 1000))).containsExactly("dddd");
        assertThat(texts(log.read(List.of(A, B), 0, 9, 9, 11))).containsExactly("aaaa", "bbbb");
        assertThat(texts(log.read(List.of(A, B), 0, 9, 9, 12)))
                .containsExactly("aaaa", "bbbb", "cccc");
        assertThat(texts(log.read(List.of(A, B), 0, 9, 9, 1))).containsExactly("aaaa");
        assertThat(log.read(List.of(A, B), 0, 9, 0, 1000)).isEmpty();
    }

    @Test
    void anEntryOfTenMebibytesIsStoredWhole() {
        byte[] large = new byte[10 << 20];
        new Random(7).nextBytes(large);
        append(new NewEntry(A, "log", 1, large), entry(A, "small"));
        List<StoredEntry> first = log.read(List.of(A), 0, 9, 9, 1000);
        assertThat(first).hasSize(1);
        assertThat(Arrays.equals(first.getFirst().json(), large)).isTrue();
        assertThat(texts(log.read(List.of(A), 1, 9, 9, 1000))).containsExactly("small");
    }

    @Test
    void aThousandChannelsKeepTheirEntriesApart() {
        List<NewEntry> batch = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            batch.add(entry(Channel.logs("acme", "w" + i % 1_000), "e" + i));
        }
        append(batch);
        List<Channel> all =
                IntStream.range(0, 1_000).mapToObj(i -> Channel.logs("acme", "w" + i)).toList();
        List<StoredEntry> read = log.read(all, 0, Long.MAX_VALUE, 10_000, Long.MAX_VALUE);
        assertThat(read).hasSize(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(read.get(i).position()).isEqualTo(i + 1);
            assertThat(text(read.get(i))).isEqualTo("e" + i);
        }
        assertThat(texts(readAll(Channel.logs("acme", "w7"))))
                .containsExactly("e7", "e1007", "e2007");
        assertThat(log.channels()).hasSize(1_000).allMatch(info -> info.count() == 3);
    }

    @Test
    void infosTellNewestCountAndBytes() {
        append(entry(A, "12345"), entry(B, "1"), entry(A, "123"));
        assertThat(log.channels())
                .containsExactlyInAnyOrder(
                        new ChannelInfo(A, 0, 3, 2, 8), new ChannelInfo(B, 0, 2, 1, 1));
        assertThat(log.channel(A)).contains(new ChannelInfo(A, 0, 3, 2, 8));
    }

    @Test
    void beforeNewestGivesTheTailOfOneChannel() {
        for (int i = 0; i < 10; i++) {
            append(entry(A, "a" + i), entry(B, "b" + i));
        }
        for (int count : new int[] {0, 1, 3, 9, 10, 11, 1_000_000}) {
            long after = log.beforeNewest(A, count, Long.MAX_VALUE);
            assertThat(log.read(List.of(A), after, Long.MAX_VALUE, 100, 1000))
                    .hasSize(Math.min(count, 10));
        }
        long after = log.beforeNewest(A, 2, 8); // positions 1, 3, 5, 7 are A's
        assertThat(texts(log.read(List.of(A), after, 8, 100, 1000))).containsExactly("a2", "a3");
        assertThat(log.beforeNewest(Channel.logs("no", "where"), 5, 12)).isEqualTo(12);
        assertThat(log.beforeNewest(B, 5, 1)).isEqualTo(1);
    }

    @Test
    void beforeNewestFindsALongTailToo() {
        append(entries(A, 2_000, "a"));
        append(entries(B, 500, "b"));
        long after = log.beforeNewest(A, 1_500, Long.MAX_VALUE);
        assertThat(log.read(List.of(A), after, Long.MAX_VALUE, 9_999, 1 << 20)).hasSize(1_500);
        assertThat(after).isEqualTo(500);
    }

    @Test
    void anEmptyBatchUsesNoPosition() {
        assertThat(append()).isEqualTo(1);
        append(entry(A, "1"));
        assertThat(append()).isEqualTo(2);
        assertThat(log.newest()).isEqualTo(1);
    }

    @Test
    void anAnswerIsRememberedWithItsBatch() {
        log.append(List.of(entry(A, "1")), Map.of("key", "answer".getBytes(UTF_8)));
        log = afterWrite(log);
        assertThat(log.receipt("key")).contains("answer".getBytes(UTF_8));
        assertThat(log.receipt("other")).isEmpty();
    }

    @Test
    void anAnswerIsForgottenAfterItsTime() {
        remember("key", "answer");
        clock.advance(LIMITS.keep().minusMillis(1));
        assertThat(log.receipt("key")).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(log.receipt("key")).isEmpty();
        remember("other", "answer");
        assertThat(log.receipt("key")).isEmpty();
        assertThat(log.receipt("other")).isPresent();
    }

    @Test
    void theOldestAnswersGoFirst() {
        for (String key : List.of("1", "2", "3", "4", "5")) {
            remember(key, "answer " + key);
        }
        assertThat(log.receipt("1")).isEmpty();
        assertThat(log.receipt("2")).isEmpty();
        assertThat(log.receipt("3")).contains("answer 3".getBytes(UTF_8));
        assertThat(log.receipt("5")).contains("answer 5".getBytes(UTF_8));
    }

    @Test
    void aKeyAnsweredAgainHasTheLaterAnswer() {
        remember("key", "first");
        remember("2", "");
        remember("key", "second");
        remember("3", "");
        remember("4", "");
        assertThat(log.receipt("key")).contains("second".getBytes(UTF_8));
    }

    @Test
    void notesAreKeptByName() {
        log.putNote("runs", new byte[] {1, 2});
        log = afterWrite(log);
        log.putNote("runs", new byte[] {3});
        log.putNote("gone", new byte[] {4});
        log.putNote("gone", new byte[0]);
        log = afterWrite(log);
        assertThat(log.note("runs")).contains(new byte[] {3});
        assertThat(log.note("gone")).isEmpty();
    }

    @Test
    void notesComeAndGoInTheWriteOfEntries() {
        log.append(List.of(entry(A, "1")), Map.of(), Map.of("read", new byte[] {1}));
        log.append(List.of(entry(A, "2")), Map.of(), Map.of("more", new byte[] {2}));
        log = afterWrite(log);
        assertThat(log.note("read")).contains(new byte[] {1});
        log.append(List.of(), Map.of(), Map.of("read", new byte[0], "more", new byte[] {3}));
        log = afterWrite(log);
        assertThat(log.note("read")).isEmpty();
        assertThat(log.note("more")).contains(new byte[] {3});
    }

    @Test
    void everyLogHasAnEpochOfItsOwn() {
        try (EventLog other = new MemoryEventLog()) {
            assertThat(other.epoch()).isNotEqualTo(log.epoch());
        }
    }

    @Test
    void aClosedLogSaysSo() {
        append(entry(A, "1"));
        log.close();
        log.close();
        assertThatThrownBy(() -> append(entry(A, "2")))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> log.read(List.of(A), 0, 9, 9, 9))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> log.note("name")).isInstanceOf(EventLogException.class);
    }
}
