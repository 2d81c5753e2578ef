package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the lines that a filter accepts, as far as contexts and times decide. Over a large store
 * it begins on a thread of its own, over what there was at that moment; then, and over small ones,
 * it goes on in slices of the FX thread whenever more lines are there.
 */
final class FilterScan {

    private static final int SMALL = 20_000;
    private static final int BLOCKS = 64; // between two looks at the clock

    private final LogStore store;
    private final LineFilter filter;
    private final LineScan scan;
    private final LineList accepted = new LineList();
    private final LineTimes times = new LineTimes();
    private final List<KeyRange> inserted = new ArrayList<>(); // while another thread begins
    private long next; // all lines before this number were looked at
    private volatile boolean beginning;
    private volatile boolean cancelled;

    /**
     * Begins to collect.
     *
     * @param from lines before this number are left out
     */
    FilterScan(LogStore store, LineFilter filter, long from) {
        this.store = store;
        this.filter = filter;
        this.scan = new LineScan(filter);
        this.next = from;
        if (from == 0 && large(store)) {
            beginning = true;
            RetainedRow row = RetainedRow.of(store, new KeyRange(0, Long.MAX_VALUE));
            Thread.ofPlatform().name("logs-filter").daemon().start(() -> begin(row));
        }
    }

    /** Whether looking at all lines takes longer than a frame. */
    static boolean large(LogStore store) {
        return store.held() > SMALL;
    }

    /** Another thread, which has this object for itself until it has begun. */
    private void begin(RetainedRow row) {
        try (row) {
            for (SearchPart part : row.parts()) {
                for (int at = part.from(); at < part.to() && !cancelled; ) {
                    at = scan.block(part.segment(), part.body(), at, part.to(), this::take);
                }
                next = part.last() + 1;
            }
        } finally {
            beginning = false;
        }
    }

    private void take(long line, long time, LineContext context) {
        accepted.add(line);
        count(time, context);
    }

    private void count(long time, LineContext context) {
        Level level = LineScan.counted(context);
        if (level != null) {
            times.add(time, level);
        }
    }

    LineFilter filter() {
        return filter;
    }

    /** The lines accepted so far; not before it has {@link #begun}. */
    LineList lines() {
        return accepted;
    }

    /** When they happened. */
    LineTimes times() {
        return times;
    }

    /** Whether the FX thread may read it. */
    boolean begun() {
        return !beginning;
    }

    /** Nobody waits for it any more. */
    void cancel() {
        cancelled = true;
    }

    /** Whether every line there is was looked at. */
    boolean complete() {
        return begun() && inserted.isEmpty() && next > store.newest();
    }

    /** Goes on until all lines are looked at or {@link System#nanoTime} passes a moment. */
    void advance(long deadline) {
        if (!begun()) {
            return;
        }
        for (KeyRange range : inserted) {
            insert(range);
        }
        inserted.clear();
        accepted.dropBefore(store.oldest());
        Stretch[] row = store.row();
        int at = row.length == 0 ? 0 : LineRow.stretchAt(row, next);
        for (int i = at; i < row.length && next <= store.newest(); i++) {
            if (!stretch(row[i], deadline)) {
                return;
            }
        }
    }

    private boolean stretch(Stretch stretch, long deadline) {
        SegmentBody body = stretch.segment().body();
        int index = stretch.lowerBound(next);
        int to = stretch.to();
        int blocks = 0;
        while (index < to) {
            index = scan.block(stretch.segment(), body, index, to, this::take);
            next = body.keys().value(index - 1) + 1;
            if (++blocks % BLOCKS == 0 && System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it looked at every line up to one. */
    boolean reached(long line) {
        return begun() && inserted.isEmpty() && next > line;
    }

    /** Takes lines that were put among those looked at. */
    void inserted(List<KeyRange> ranges) {
        inserted.addAll(ranges);
    }

    private void insert(KeyRange range) {
        Stretch[] row = store.row();
        Batch batch = new Batch();
        for (int i = row.length == 0 ? 0 : LineRow.stretchAt(row, range.first());
                i < row.length && row[i].first() <= range.last();
                i++) {
            int to = row[i].lowerBound(range.last() + 1);
            for (int at = row[i].lowerBound(range.first()); at < to; ) {
                at = scan.block(row[i].segment(), row[i].segment().body(), at, to, batch);
            }
        }
        long _ = accepted.insert(batch.lines, batch.count);
    }

    /** Accepted lines that were put among others. */
    private final class Batch implements LineScan.Taker {

        private long[] lines = new long[1024];
        private int count;

        @Override
        public void take(long line, long time, LineContext context) {
            if (line >= next || accepted.contains(line)) {
                return; // met later, or met already
            }
            if (count == lines.length) {
                lines = Arrays.copyOf(lines, count * 2);
            }
            lines[count++] = line;
            FilterScan.this.count(time, context);
        }
    }
}
