package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

@Timeout(180)
class LogStoreTest {

    private LogStore store = new LogStore(64 << 20, 1 << 16);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givesBackExactlyWhatWasPublished() {
        List<String> published = new ArrayList<>();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        String[] pieces = {
            "", "ä", "日本", "\r\n", "\n", "\t", "👩‍👩‍👧", "\u0000", "\u001b[31m", "x".repeat(500)
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            published.add(text.toString());
            add(Lines.entry(i + 1, Level.INFO, text.toString()));
        }
        for (int i = 0; i < published.size(); i++) {
            assertThat(LogLine.text(store, Lines.at(i))).isEqualTo(published.get(i));
            assertThat(store.cursor(Lines.at(i))).isEqualTo(new Cursor("e1", i + 1));
        }
    }

    @Test
    void aLineLongerThanASegmentIsHeldWhole() {
        String big = "é".repeat(200_000) + "\nend";
        add(Lines.entry(1, Level.INFO, "before"));
        add(Lines.entry(2, Level.INFO, big));
        add(Lines.entry(3, Level.INFO, "after"));

        assertThat(LogLine.text(store, Lines.at(1))).isEqualTo(big);
        LogLine line = LogLine.read(store, Lines.at(1));
        assertThat(line.cut()).isTrue();
        assertThat(line.row()).matches("é+").hasSize(LogLine.ROW_BYTES / 2);
        assertThat(line.more()).isEqualTo(1);
        assertThat(LogLine.text(store, Lines.at(2))).isEqualTo("after");
    }

    @Test
    void theOldestLinesLeaveWhenTheBudgetIsUsedUpAndNumbersStay() {
        store = new LogStore(1 << 20, 1 << 16);
        for (int i = 0; i < 50_000; i++) {
            add(Lines.entry(i + 1, Level.INFO, "line " + i + " " + "x".repeat(80)));
        }
        long oldest = LineKey.position(store.oldest()) - 1;
        assertThat(oldest).isGreaterThan(30_000).isEqualTo(store.gone());
        assertThat(store.held()).isEqualTo(50_000 - oldest);
        for (long line = oldest; line < 50_000; line += 97) {
            assertThat(LogLine.text(store, Lines.at(line))).startsWith("line " + line + " ");
            assertThat(store.find(new Cursor("e1", line + 1))).hasValue(Lines.at(line));
        }
        assertThat(store.find(new Cursor("e1", 1))).isEmpty();
    }

    @Test
    void aLineOfBothCopiesOfARestoredLogIsFound() {
        add(Lines.entry(10, Level.INFO, "in both"));
        add(Lines.entry(20, Level.INFO, "lost"));
        long _ = store.keys().fork(new Cursor("e1", 5), store.newest());
        add(Lines.entry(20, Level.INFO, "again"));

        assertThat(LogLine.text(store, store.find(new Cursor("e1", 10)).orElseThrow()))
                .isEqualTo("in both");
        assertThat(LogLine.text(store, store.find(new Cursor("e1", 20)).orElseThrow()))
                .isEqualTo("again");
        assertThat(store.find(new Cursor("e1", 15))).isEmpty();
    }

    @Test
    void linesStandInTheOrderOfTheirCursorsWhateverTheOrderTheyCameIn() {
        long[] positions = {5, 9, 3_000_000_000_000L, 4, 7};
        for (long position : positions) {
            add(Lines.entry(position, Level.INFO, "at " + position));
        }
        LineIntake.add(store, Lines.gap(9, 12));
        LineIntake.add(store, Lines.gap(8, 12));
        add(new Entry(new Cursor("e2", 5), Lines.entry(5, Level.INFO, "other life").event()));
        var _ = store.settle();

        assertThat(rows())
                .extracting(row -> row.substring(0, 4))
                .containsExactly("at 4", "at 5", "at 7", "at 9", "Entr", "Entr", "at 3", "othe");
        for (long position : positions) {
            long line = store.find(new Cursor("e1", position)).orElseThrow();
            assertThat(store.cursor(line).position()).isEqualTo(position);
        }
        assertThat(store.find(new Cursor("e2", 5))).isPresent();
        assertThat(store.find(new Cursor("e1", 12))).as("a notice is no entry").isEmpty();
        assertThat(store.find(new Cursor("e1", 6))).isEmpty();
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Stretch stretch : store.stretches()) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                rows.add(LogLine.read(store, stretch.segment().key(i)).row());
            }
        }
        return rows;
    }

    @Test
    void whatIsPutAmongOthersInAnyPiecesEqualsASortedMap() {
        store = new LogStore(256 << 20, 1 << 14);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        TreeMap<Long, String> twin = new TreeMap<>();
        for (int round = 0; round < 300; round++) {
            long from = random.nextLong(1, 60_000);
            int step = random.nextInt(1, 200);
            List<NewLine> lines = new ArrayList<>();
            for (int i = 0; i < random.nextInt(1, 300); i++) {
                long position = from + (long) i * step;
                String text = twin.computeIfAbsent(position, p -> "line " + p);
                lines.add(
                        LineIntake.line(
                                LineKey.at(0, position),
                                (Event.Log) Lines.entry(position, Level.INFO, text).event()));
            }
            store.keys().of(new Cursor("e1", 0));
            if (round % 3 == 0) {
                lines.forEach(store::add);
            } else {
                var _ = store.insert(LineIntake.segment(lines));
            }
            var _ = store.settle();
        }
        Awaitility.await()
                .untilAsserted(() -> {
                    var _ = store.settle();
                    assertThat(store.stretches().size()).as("tidied").isLessThan(200);
                });
        assertThat(store.held()).isEqualTo(twin.size());
        assertThat(rows()).containsExactlyElementsOf(twin.values());
        for (long position : twin.keySet()) {
            assertThat(store.holds(LineKey.at(0, position))).isTrue();
        }
    }

    @Test
    void timesFarFromTheOthersAreKept() {
        Event.Log log = (Event.Log) Lines.entry(1, Level.INFO, "x").event();
        LineContext context = contextOf(log);
        long[] times = {1_700_000_000_000L, 0, -62_000_000_000_000L, 1_700_000_000_001L};
        for (int i = 0; i < times.length; i++) {
            byte[] text = "x".getBytes(StandardCharsets.UTF_8);
            store.add(new NewLine(Lines.at(i), text, context, times[i]));
        }
        for (int i = 0; i < times.length; i++) {
            assertThat(store.time(Lines.at(i))).isEqualTo(times[i]);
        }
    }

    @Test
    void furtherLinesAndFieldsAreDetails() {
        add(
                Lines.entry(
                        1,
                        Level.ERROR,
                        "broken\r\nsecond",
                        "java.io.IOException: x\n\tat a.B.c(B.java:1)\n",
                        Lines.RUN,
                        Map.of("rows", 3)));
        LogLine line = LogLine.read(store, Lines.at(0));
        assertThat(line.row()).isEqualTo("broken");
        assertThat(line.more()).isEqualTo(3);
        assertThat(line.frames()).isTrue();
        assertThat(LogLine.text(store, Lines.at(0)))
                .endsWith("second\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n");
        assertThat(LogLine.fields(store, Lines.at(0))).isEqualTo("{\"rows\":3}");
    }

    @Test
    void packedLinesTakeLittleHeapAndAreTheSame() {
        store = new LogStore(512 << 20, 1 << 20);
        for (int i = 0; i < 200_000; i++) {
            add(Lines.entry(i + 1, Level.INFO, "batch " + i + " rows=4475 dur=720ms"));
        }
        Awaitility.await()
                .until(() -> {
                    var _ = store.settle();
                    return store.heap() / 200_000.0 < 2;
                });
        for (int i = 0; i < 200_000; i += 331) {
            assertThat(LogLine.text(store, Lines.at(i))).startsWith("batch " + i + " ");
            assertThat(store.time(Lines.at(i)))
                    .isEqualTo(Lines.START.plusMillis((i + 1) * 1037L).toEpochMilli());
        }
    }

    @Test
    void anotherThreadReadsWhatIsPublishedWhileTheOldestLeave() throws InterruptedException {
        store = new LogStore(1 << 20, 1 << 16);
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> readAll(wrong));
        for (int i = 0; i < 100_000; i++) {
            add(Lines.entry(i + 1, Level.INFO, "line " + i));
        }
        reader.join();
        assertThat(wrong.get()).isNull();
    }

    private void readAll(AtomicReference<Throwable> wrong) {
        try {
            long next = 0;
            while (next <= Lines.at(99_999)) {
                try (RetainedRow row = RetainedRow.of(store, new KeyRange(next, Long.MAX_VALUE))) {
                    for (SearchPart part : row.parts()) {
                        read(part.body(), part.from(), part.to());
                        next = part.last() + 1;
                    }
                }
            }
        } catch (RuntimeException | AssertionError e) {
            wrong.set(e);
        }
    }

    private static void read(SegmentBody body, int from, int to) {
        for (int i = from; i < to; i++) {
            byte[] text = new byte[body.end(i) - body.start(i)];
            body.copy(body.start(i), text, 0, text.length);
            assertThat(new String(text, StandardCharsets.UTF_8))
                    .isEqualTo("line " + (LineKey.position(body.keys().value(i)) - 1));
        }
    }

    private void add(Entry entry) {
        LineIntake.add(store, entry, (Event.Log) entry.event());
    }

    private static LineContext contextOf(Event.Log log) {
        return new LineContext(
                LineContext.Kind.LOG, log.level(), "s", log.channel(), null, null, null, false);
    }
}
