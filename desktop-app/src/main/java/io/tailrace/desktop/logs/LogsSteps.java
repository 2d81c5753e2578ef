package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import java.util.OptionalLong;

/**
 * The way from line to line: from the current one when there is one, else from the edge of the
 * screen. FX thread.
 */
final class LogsSteps {

    private final LogStore store;
    private final LogsView view;
    private final FindState find;
    private final LogsSelection selection;

    LogsSteps(LogStore store, LogsView view, FindState find, LogsSelection selection) {
        this.store = store;
        this.view = view;
        this.find = find;
        this.selection = selection;
    }

    /** The next or previous matching line; behind the last comes the first again. */
    OptionalLong match(boolean forward) {
        return find.beyond(start(forward), direction(forward));
    }

    /** The next or previous line of a level or graver, among those a filter shows. */
    OptionalLong level(Level least, LineFilter shown, boolean forward) {
        return store.seek(
                start(forward),
                direction(forward),
                c -> c.published() && c.level().compareTo(least) >= 0 && shown.accepts(c));
    }

    /** From the newest lines there is only the way back. */
    boolean direction(boolean forward) {
        return forward && (selection.line() >= 0 || !view.viewport().following());
    }

    private long start(boolean forward) {
        if (selection.line() >= 0) {
            return selection.line();
        }
        Viewport screen = view.viewport();
        return direction(forward)
                ? view.lineAt((long) screen.top()) - 1
                : view.lineAt((long) (screen.top() + screen.rows())) + 1;
    }
}
