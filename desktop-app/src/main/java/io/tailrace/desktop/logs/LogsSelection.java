package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What is selected, in lines of the store: it holds whatever the screen shows, and gives way to a
 * filter that hides the current line. FX thread.
 */
final class LogsSelection {

    private final LogStore store;
    private final LogsView view;
    private @Nullable LineSelection selection;

    LogsSelection(LogStore store, LogsView view) {
        this.store = store;
        this.view = view;
    }

    @Nullable LineSelection get() {
        return selection;
    }

    void set(@Nullable LineSelection wanted) {
        selection = wanted;
    }

    /** The current line; -1 when there is none, or it is no longer held. */
    long line() {
        LineSelection at = selection;
        return at != null && store.holds(at.caret().line()) ? at.caret().line() : -1;
    }

    /** The current line if the filter shows it; -1 when there is none. */
    long shown() {
        long line = line();
        return line >= 0 && view.lines().contains(line) ? line : -1;
    }

    /**
     * Where a filter hides the current line, the next one that is shown takes its place, else the
     * one before; none where there are no lines. To be called when it is known what is shown.
     */
    void settle() {
        if (line() >= 0 && shown() < 0) {
            long next = view.lineAt(view.rowOf(line()));
            selection = next < 0 ? null : LineSelection.at(next, 0);
        }
    }

    /** Every line that the filter shows, on the screen or not; null when there is none. */
    @Nullable LineSelection all() {
        LineList lines = view.lines();
        return lines.count() == 0
                ? null
                : LineSelection.lines(lines.get(lines.first()), lines.get(lines.size() - 1));
    }

    /** Makes the line so many rows away the current one, drawing the selection along or not. */
    void move(long rows, boolean extend) {
        if (view.lines().count() == 0) {
            return;
        }
        LineSelection old = selection;
        Viewport screen = view.viewport();
        long edge = (long) (rows < 0 ? screen.top() + screen.rows() : screen.top() - 1);
        long line = view.lineAt((old == null ? edge : view.rowOf(old.caret().line())) + rows);
        LineAnchor start = old == null ? new LineAnchor(line, 0) : old.anchor();
        boolean down = start.line() <= line;
        selection =
                extend
                        ? new LineSelection(
                                new LineAnchor(start.line(), down ? 0 : LineAnchor.END),
                                new LineAnchor(line, down ? LineAnchor.END : 0))
                        : LineSelection.at(line, 0);
        view.reveal(line);
    }

    /**
     * The selected text, or the whole current line when no text is; empty when it is too much, or
     * nothing at all.
     */
    Optional<String> text() {
        LineSelection at = selection;
        if (at == null) {
            return Optional.empty();
        }
        long line = at.caret().line();
        return LineCopy.of(
                store, view.lines(), at.isEmpty() ? LineSelection.lines(line, line) : at);
    }
}
