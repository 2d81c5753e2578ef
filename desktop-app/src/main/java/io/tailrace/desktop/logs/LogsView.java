package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The lines that the filter shows and the part of them that is on the screen. Another filter is
 * worked out beside the old one, which stays on the screen until then. FX thread.
 */
final class LogsView {

    private final LogStore store;
    private final Viewport viewport = new Viewport();
    private final Folds folds;
    private FilteredLines shown;
    private @Nullable FilteredLines pending; // replaces shown once it has caught up
    private long toReveal = -1; // a line to bring to the screen as soon as it is among the shown
    private boolean head;

    LogsView(LogStore store, LineFilter filter) {
        this.store = store;
        if (FilterScan.large(store)) {
            shown = FilteredLines.newest(store, filter); // of an earlier console; all others follow
            pending = new FilteredLines(store, filter);
        } else {
            shown = new FilteredLines(store, filter);
        }
        this.folds = new Folds(store);
        viewport.heights(folds::none, this::height);
    }

    private int height(long row) {
        return row < lines().first() || row >= lines().size() ? 1 : folds.rows(lines().get(row));
    }

    /** Which entries stand with all their lines. */
    Folds folds() {
        return folds;
    }

    /** The lines that are shown; a row is an index of this list. */
    LineList lines() {
        return shown.lines();
    }

    /** When the lines that pass by context and time happened. */
    LineTimes times() {
        return shown.times();
    }

    /** Whether a line passes the filter's texts itself, and is not only around one that does. */
    boolean passes(long line) {
        return shown.passes(line);
    }

    Viewport viewport() {
        return viewport;
    }

    /** Shows the lines of another filter, as soon as they are known. */
    void filter(LineFilter wanted) {
        if (pending != null) {
            pending.cancel();
        }
        pending = new FilteredLines(store, wanted);
    }

    /** Takes lines that were put among the others. */
    void inserted(List<KeyRange> ranges) {
        shown.inserted(ranges);
        if (pending != null) {
            pending.inserted(ranges);
        }
    }

    /** Tells how many rows fit on the screen; a line that is on it stays there. */
    void resize(double rows, long current) {
        boolean visible = current >= 0 && viewport.shows(rowOf(current));
        viewport.resize(rows);
        if (visible && !viewport.following()) {
            reveal(current);
        }
    }

    /** Brings a line to the screen and stays there. */
    void reveal(long line) {
        toReveal = line;
        viewport.pause();
    }

    /** Whether a row before the first one says what is there of older lines. */
    void head(boolean wanted) {
        head = wanted;
    }

    /** Whether there is more to do. */
    boolean busy() {
        return pending != null || !shown.complete();
    }

    /** What is wrong with the filter's texts, in a sentence, or empty. */
    String problem() {
        return shown.problem();
    }

    /** Ends what runs beside the FX thread. */
    void close() {
        shown.cancel();
        if (pending != null) {
            pending.cancel();
        }
    }

    /** Takes up lines that arrived, until a moment of {@link System#nanoTime}. */
    void advance(long deadline) {
        long top = topLine();
        long before = top < 0 ? 0 : lines().lowerBound(top);
        shown.advance(deadline);
        if (top >= 0 && lines().contains(top)) {
            viewport.shift(lines().lowerBound(top) - before);
        }
        FilteredLines next = pending;
        if (next != null) {
            next.advance(deadline);
            if (next.presentable()) {
                exchange(next);
            }
        }
        viewport.range(firstRow(), lines().size());
        if (toReveal >= 0 && pending == null) {
            viewport.reveal(rowOf(toReveal));
            toReveal = -1;
        }
    }

    /** The line at the upper edge; -1 when there is none. */
    private long topLine() {
        long row = Math.max((long) Math.floor(viewport.top()), lines().first());
        return row < lines().size() ? lines().get(row) : -1;
    }

    private void exchange(FilteredLines next) {
        double top = viewport.top();
        long topRow = (long) Math.floor(top);
        long line = topLine();
        shown.cancel();
        shown = next;
        pending = null;
        double same = line < 0 ? top : lines().lowerBound(line) + (top - topRow);
        viewport.rebase(firstRow(), lines().size(), same);
    }

    private long firstRow() {
        return lines().first() - (head ? 1 : 0);
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
