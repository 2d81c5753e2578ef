package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Collects the lines that a filter accepts, as far as it got: in slices of time, and on from there
 * when more lines arrive. FX thread.
 */
final class FilterScan {

    private static final int BLOCK = 8192;
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final LogStore store;
    private final LineFilter filter;
    private final LineList accepted = new LineList();
    private long next;

    // What is known about the contexts of the segment being read; 0 is not asked yet.
    private @Nullable LogSegment segment;
    private byte[] verdicts = new byte[0];

    FilterScan(LogStore store, LineFilter filter) {
        this.store = store;
        this.filter = filter;
        this.next = store.first();
    }

    LineFilter filter() {
        return filter;
    }

    /** The lines accepted so far. */
    LineList lines() {
        return accepted;
    }

    /** Whether every line there is was looked at. */
    boolean complete() {
        return next >= store.size();
    }

    /** Goes on until all lines are looked at or {@link System#nanoTime} passes a moment. */
    void advance(long deadline) {
        accepted.dropBefore(store.first());
        next = Math.max(next, store.first());
        long size = store.size();
        while (next < size) {
            LogSegment at = store.segment(next);
            long end = Math.min(size, at.firstLine() + at.lines());
            long stop = Math.min(end, next + BLOCK);
            block(at, stop);
            if (next < size && System.nanoTime() - deadline >= 0) {
                return;
            }
        }
    }

    private void block(LogSegment at, long stop) {
        if (at != segment) {
            segment = at;
            verdicts = new byte[0];
        }
        if (verdicts.length < at.contextCount()) {
            verdicts = Arrays.copyOf(verdicts, at.contextCount() * 2);
        }
        for (long line = next; line < stop; line++) {
            int id = at.contextId((int) (line - at.firstLine()));
            byte verdict = verdicts[id];
            if (verdict == 0) {
                verdict = filter.accepts(at.contextOf(id)) ? YES : NO;
                verdicts[id] = verdict;
            }
            if (verdict == YES) {
                accepted.add(line);
            }
        }
        next = stop;
    }
}
