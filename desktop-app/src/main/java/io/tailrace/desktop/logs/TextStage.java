package io.tailrace.desktop.logs;

import java.util.Arrays;
import java.util.List;

/**
 * Of the lines that a filter accepts by context and time, those whose texts pass, with the lines
 * around them. FX thread.
 */
final class TextStage {

    private final FilterScan base;
    private final int around;
    private final LogStore store;
    private final HitList hits;
    private final LineList shown = new LineList(); // with lines around; otherwise the hits are

    private long lastHit = -1;
    private long baseSize;

    TextStage(LogStore store, FilterScan base) {
        this.store = store;
        this.base = base;
        this.around = base.filter().around();
        this.hits = new HitList(store, base.filter(), FindQuery.NONE);
    }

    /** The lines shown so far. */
    LineList lines() {
        return around == 0 ? hits.lines() : shown;
    }

    /** The lines whose texts pass. */
    LineList hits() {
        return hits.lines();
    }

    /** Goes on until a moment of {@link System#nanoTime}. */
    void advance(long deadline) {
        shown.dropBefore(store.oldest());
        if (!base.begun() || (around > 0 && !base.complete())) {
            return; // the lines around hits are not known yet
        }
        boolean _ = hits.drain(deadline, around == 0 ? lines -> {} : this::expand);
        if (around > 0 && lastHit >= 0 && base.lines().size() != baseSize) {
            expand(new long[] {lastHit}); // lines behind it arrived
        }
        baseSize = base.lines().size();
    }

    private void expand(long[] found) {
        LineList all = base.lines();
        long[] lines = new long[Math.max(64, found.length)];
        int count = 0;
        long next = all.first();
        for (long hit : found) {
            long at = all.lowerBound(hit);
            long end = Math.min(all.size(), at + around + 1);
            for (long i = Math.max(next, at - around); i < end; i++) {
                if (count == lines.length) {
                    lines = Arrays.copyOf(lines, count * 2);
                }
                lines[count++] = all.get(i);
            }
            next = Math.max(next, end);
            lastHit = Math.max(lastHit, hit);
        }
        long _ = shown.insert(lines, count);
    }

    /** Searches lines that were put among the others. */
    void inserted(List<KeyRange> ranges) {
        hits.inserted(ranges);
    }

    /** Why it gave up, in a sentence; empty when it did not. */
    String problem() {
        return hits.problem();
    }

    /** Whether there are lines that were not searched yet. */
    boolean searching() {
        return hits.searching();
    }

    /** Whether what there was in the beginning is searched. */
    boolean caughtUp() {
        return hits.caughtUp();
    }

    /** Nobody waits for it any more. */
    void cancel() {
        hits.cancel();
    }
}
