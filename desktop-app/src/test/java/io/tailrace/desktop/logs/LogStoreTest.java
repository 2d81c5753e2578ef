package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

@Timeout(60)
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
            assertThat(LogLine.text(store, i)).isEqualTo(published.get(i));
            assertThat(store.cursor(i)).isEqualTo(new Cursor("e1", i + 1));
        }
    }

    @Test
    void aLineLongerThanASegmentIsHeldWhole() {
        String big = "é".repeat(200_000) + "\nend";
        add(Lines.entry(1, Level.INFO, "before"));
        add(Lines.entry(2, Level.INFO, big));
        add(Lines.entry(3, Level.INFO, "after"));

        assertThat(LogLine.text(store, 1)).isEqualTo(big);
        LogLine line = LogLine.read(store, 1);
        assertThat(line.cut()).isTrue();
        assertThat(line.row()).matches("é+").hasSize(LogLine.ROW_BYTES / 2);
        assertThat(line.more()).isEqualTo(1);
        assertThat(LogLine.text(store, 2)).isEqualTo("after");
    }

    @Test
    void theOldestLinesLeaveWhenTheBudgetIsUsedUpAndNumbersStay() {
        store = new LogStore(1 << 20, 1 << 16);
        for (int i = 0; i < 50_000; i++) {
            add(Lines.entry(i + 1, Level.INFO, "line " + i + " " + "x".repeat(80)));
        }
        assertThat(store.first()).isGreaterThan(30_000);
        assertThat(store.size()).isEqualTo(50_000);
        for (long line = store.first(); line < store.size(); line += 97) {
            assertThat(LogLine.text(store, line)).startsWith("line " + line + " ");
            assertThat(store.find(new Cursor("e1", line + 1))).hasValue(line);
        }
        assertThat(store.find(new Cursor("e1", 1))).isEmpty();
    }

    @Test
    void findsCursorsWhateverTheirOrderAndEpoch() {
        long[] positions = {5, 9, 3_000_000_000_000L, 4, 7};
        for (long position : positions) {
            add(Lines.entry(position, Level.INFO, "at " + position));
        }
        LineIntake.add(store, Lines.gap(9, 12));
        Entry other = Lines.entry(5, Level.INFO, "another life");
        add(new Entry(new Cursor("e2", 5), other.event()));

        for (int i = 0; i < positions.length; i++) {
            assertThat(store.find(new Cursor("e1", positions[i]))).hasValue(i);
            assertThat(store.cursor(i).position()).isEqualTo(positions[i]);
        }
        assertThat(store.find(new Cursor("e2", 5))).hasValue(6);
        assertThat(store.find(new Cursor("e1", 12))).as("a notice is no entry").isEmpty();
        assertThat(store.find(new Cursor("e1", 6))).isEmpty();
    }

    @Test
    void timesFarFromTheOthersAreKept() {
        Event.Log log = (Event.Log) Lines.entry(1, Level.INFO, "x").event();
        LineContext context = contextOf(log);
        long[] times = {1_700_000_000_000L, 0, -62_000_000_000_000L, 1_700_000_000_001L};
        for (long time : times) {
            store.append("x".getBytes(StandardCharsets.UTF_8), context, time, 1);
        }
        for (int i = 0; i < times.length; i++) {
            assertThat(store.time(i)).isEqualTo(times[i]);
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
        LogLine line = LogLine.read(store, 0);
        assertThat(line.row()).isEqualTo("broken");
        assertThat(line.more()).isEqualTo(3);
        assertThat(line.frames()).isTrue();
        assertThat(LogLine.text(store, 0))
                .endsWith("second\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n");
        assertThat(LineIntake.pretty(LogLine.fields(store, 0))).isEqualTo("rows: 3");
    }

    @Test
    void theIndexTakesAtMostSixteenBytesOfHeapALine() {
        store = new LogStore(512 << 20, 16 << 20);
        for (int i = 0; i < 400_000; i++) {
            add(
                    Lines.entry(
                            i + 1,
                            Level.INFO,
                            "batch rows=4475 dur=720ms loaded into warehouse.orders_fact"));
        }
        assertThat(store.heap() / 400_000.0).isLessThanOrEqualTo(16);
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
            while (next < 100_000) {
                next = Math.max(readOnce(next), store.first());
            }
        } catch (RuntimeException | AssertionError e) {
            wrong.set(e);
        }
    }

    private long readOnce(long from) {
        long next = from;
        long size = store.size();
        List<LogSegment> segments = store.segmentsFrom(from);
        for (int i = 0; i < segments.size(); i++) {
            LogSegment segment = segments.get(i);
            long end = i + 1 < segments.size() ? segments.get(i + 1).firstLine() : size;
            if (segment.retain()) {
                next = readSegment(segment, Math.max(next, segment.firstLine()), end);
            }
        }
        return next;
    }

    private static long readSegment(LogSegment segment, long from, long end) {
        for (long line = from; line < end; line++) {
            int index = (int) (line - segment.firstLine());
            byte[] text = new byte[segment.end(index) - segment.start(index)];
            segment.copy(segment.start(index), text, 0, text.length);
            assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("line " + line);
        }
        segment.release();
        return Math.max(from, end);
    }

    private void add(Entry entry) {
        LineIntake.add(store, entry, (Event.Log) entry.event());
    }

    private static LineContext contextOf(Event.Log log) {
        return new LineContext(
                LineContext.Kind.LOG,
                log.level(),
                "s",
                log.channel(),
                null,
                null,
                null,
                "e",
                false);
    }
}
