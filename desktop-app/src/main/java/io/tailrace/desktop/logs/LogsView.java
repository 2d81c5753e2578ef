package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

/**
 * The lines that the filter shows and the part of them that is on the screen. Another filter is
 * worked out in slices beside the old one, which stays on the screen until then. FX thread.
 */
final class LogsView {

    private final LogStore store;
    private final Viewport viewport = new Viewport();
    private FilterScan shown;
    private @Nullable FilterScan pending; // replaces shown once it has caught up
    private long toReveal = -1; // a line to bring to the screen as soon as it is among the shown

    LogsView(LogStore store, LineFilter filter) {
        this.store = store;
        this.shown = new FilterScan(store, filter);
    }

    /** The lines that are shown; a row is an index of this list. */
    LineList lines() {
        return shown.lines();
    }

    Viewport viewport() {
        return viewport;
    }

    /** Shows the lines of another filter, as soon as they are known. */
    void filter(LineFilter wanted) {
        pending = new FilterScan(store, wanted);
    }

    /** Brings a line to the screen and stays there. */
    void reveal(long line) {
        toReveal = line;
        viewport.pause();
    }

    /** Whether there is more to do. */
    boolean busy() {
        return pending != null || !shown.complete();
    }

    /** Takes up lines that arrived, until a moment of {@link System#nanoTime}. */
    void advance(long deadline) {
        shown.advance(deadline);
        FilterScan next = pending;
        if (next != null) {
            next.advance(deadline);
            if (next.complete()) {
                exchange(next);
            }
        }
        viewport.range(firstRow(), lines().size());
        if (toReveal >= 0 && pending == null) {
            viewport.reveal(rowOf(toReveal));
            toReveal = -1;
        }
    }

    private void exchange(FilterScan next) {
        double top = viewport.top();
        long topRow = (long) Math.floor(top);
        LineList old = lines();
        long line = topRow >= old.first() && topRow < old.size() ? old.get(topRow) : store.first();
        shown = next;
        pending = null;
        double same = lines().lowerBound(line) + (top - topRow);
        viewport.rebase(firstRow(), lines().size(), same);
    }

    /** One row before the first line tells that older ones are gone. */
    private long firstRow() {
        return lines().first() - (store.first() > 0 ? 1 : 0);
    }

    /** The row of a line, or of the next one when it is not shown. */
    long rowOf(long line) {
        return lines().lowerBound(line);
    }

    /** The line of a row, at most the last and at least the first; -1 when none is shown. */
    long lineAt(long row) {
        LineList lines = lines();
        return lines.count() == 0
                ? -1
                : lines.get(Math.clamp(row, lines.first(), lines.size() - 1));
    }
}
