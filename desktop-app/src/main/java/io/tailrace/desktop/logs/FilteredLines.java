package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The lines that a filter shows, as far as they are known: first those that pass by context and
 * time, then of these the ones whose texts pass. FX thread.
 */
final class FilteredLines {

    private static final int NEWEST = 2000; // some screens

    private final FilterScan scan;
    private final @Nullable TextStage stage;
    private final long upTo; // what there was in the beginning

    /** All lines that a filter shows. */
    FilteredLines(LogStore store, LineFilter filter) {
        this(store, filter, 0);
    }

    private FilteredLines(LogStore store, LineFilter filter, long from) {
        this.upTo = store.newest();
        scan = new FilterScan(store, filter, from);
        stage = filter.texts().isEmpty() ? null : new TextStage(store, scan);
    }

    /** Those of a store's newest lines: there at once, whatever there is before them. */
    static FilteredLines newest(LogStore store, LineFilter filter) {
        Stretch[] row = store.row();
        int at = row.length - 1;
        int missing = NEWEST;
        while (at > 0 && row[at].count() < missing) {
            missing -= row[at].count();
            at--;
        }
        Stretch first = row[at];
        int index = Math.max(first.from(), first.to() - missing);
        return new FilteredLines(store, filter, first.segment().key(index));
    }

    LineFilter filter() {
        return scan.filter();
    }

    LineList lines() {
        return stage == null ? scan.lines() : stage.lines();
    }

    /** Whether a line passes the texts itself, and is not only around one that does. */
    boolean passes(long line) {
        return stage == null || stage.hits().contains(line);
    }

    /** When the lines that pass by context and time happened. */
    LineTimes times() {
        return scan.times();
    }

    /** Goes on until a moment of {@link System#nanoTime}. */
    void advance(long deadline) {
        scan.advance(deadline);
        if (stage != null) {
            stage.advance(deadline);
        }
    }

    /** Takes lines that were put among the others. */
    void inserted(List<KeyRange> ranges) {
        scan.inserted(ranges);
        if (stage != null) {
            stage.inserted(ranges);
        }
    }

    /** Whether there is nothing more to do. */
    boolean complete() {
        return scan.complete() && (stage == null || !stage.searching());
    }

    /** Whether it may take the place of what is shown: it knows what there was when it began. */
    boolean presentable() {
        return stage == null ? scan.complete() : scan.reached(upTo) && stage.caughtUp();
    }

    /** What is wrong with the texts, in a sentence, or empty. */
    String problem() {
        return stage == null ? "" : stage.problem();
    }

    /** Nobody waits for it any more. */
    void cancel() {
        scan.cancel();
        if (stage != null) {
            stage.cancel();
        }
    }
}
