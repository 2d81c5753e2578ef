package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Tells which lines of stretches a filter accepts, as far as contexts and times decide: a block of
 * lines at a time. One thread.
 */
final class LineScan {

    private static final byte YES = 1;
    private static final byte NO = 2;

    /** Told of each accepted line. */
    interface Taker {

        void take(long line, long time, LineContext context);
    }

    private final LineFilter filter;
    private final boolean timed;
    private final long[] ids = new long[Column.BLOCK];
    private final long[] keys = new long[Column.BLOCK];
    private final long[] times = new long[Column.BLOCK];

    // What is known about the contexts of the segment being read; 0 is not asked yet.
    private @Nullable LogSegment segment;
    private byte[] verdicts = new byte[0];

    LineScan(LineFilter filter) {
        this.filter = filter;
        this.timed = filter.timed();
    }

    /** Whether a context is accepted. */
    boolean accepts(LogSegment of, int id) {
        if (of != segment) {
            segment = of;
            verdicts = new byte[Math.max(16, of.contextCount())];
        }
        if (id >= verdicts.length) {
            verdicts = Arrays.copyOf(verdicts, Math.max(id + 1, verdicts.length * 2));
        }
        byte verdict = verdicts[id];
        if (verdict == 0) {
            verdict = filter.accepts(of.contextOf(id)) ? YES : NO;
            verdicts[id] = verdict;
        }
        return verdict == YES;
    }

    /** Whether a line with a context is accepted. */
    boolean accepts(LogSegment of, int id, SegmentBody body, int index) {
        return accepts(of, id)
                && (!timed || filter.accepts(of.contextOf(id), body.times().value(index)));
    }

    /** Tells the accepted lines from one index up to the end of its block or a limit. */
    int block(LogSegment of, SegmentBody body, int from, int limit, Taker taker) {
        int to = Math.min(limit, (from / Column.BLOCK + 1) * Column.BLOCK);
        int count = to - from;
        body.ids().block(from, count, ids);
        boolean read = false;
        for (int i = 0; i < count; i++) {
            if (!accepts(of, (int) ids[i])) {
                continue;
            }
            if (!read) {
                body.keys().block(from, count, keys);
                body.times().block(from, count, times);
                read = true;
            }
            LineContext context = of.contextOf((int) ids[i]);
            if (!timed || filter.accepts(context, times[i])) {
                taker.take(keys[i], times[i], context);
            }
        }
        return to;
    }

    /** The level that a histogram counts a line under; facts and notices are not counted. */
    static @Nullable Level counted(LineContext context) {
        return context.published() ? context.level() : null;
    }
}
