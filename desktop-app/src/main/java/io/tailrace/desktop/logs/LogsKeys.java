package io.tailrace.desktop.logs;

import static io.tailrace.model.Level.ERROR;
import static io.tailrace.model.Level.WARN;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.model.Level;

/** What the keys do while the rows have the focus; letters as in lnav. */
final class LogsKeys {

    /** What keys do beyond the model. */
    interface Actions {

        /** Goes to the find field. */
        void find();

        /** Goes to the field for one more condition of the filter. */
        void filter();

        /** Copies the selection. */
        void copy();

        /** Shows the whole current entry. */
        void details();

        /** Writes a note at the current line. */
        void note();

        /** Shows all marks, or hides them. */
        void marks();

        /** Opens the link to a line that is in the clipboard. */
        void openLink();

        /** Closes what lies over or under the rows; false when nothing does. */
        boolean close();
    }

    private final KeyTable keys = new KeyTable("In the log");
    private final LogsModel model;
    private final LogsSurface surface;
    private final Actions actions;
    private final LogsActions does;

    LogsKeys(LogsModel model, LogsActions does, LogsSurface surface, Actions actions) {
        this.model = model;
        this.does = does;
        this.surface = surface;
        this.actions = actions;
        reading();
        moving();
        keys.listen(surface);
    }

    /** The keys, for the help sheet. */
    KeyTable table() {
        return keys;
    }

    private void reading() {
        keys.on("F", "follow, or pause", this::toggleFollow)
                .on("/ Ctrl+F", "find", actions::find)
                .pair("N", "Shift+N", "next, previous match", () -> find(true), () -> find(false))
                .on("F3", "", () -> find(true))
                .on("Shift+F3", "", () -> find(false))
                .on("&", "show only the lines that match", does::onlyMatches)
                .pair("+", "-", "lines around them", () -> does.around(1), () -> does.around(-1))
                .on("X", "errors only, and back", does::toggleErrors)
                .on(":", "add a filter: text, field = value, last 10m, …", actions::filter)
                .pair("E", "Shift+E", "next, previous error", seek(ERROR, true), seek(ERROR, false))
                .pair("W", "Shift+W", "next, previous warning", seek(WARN, true), seek(WARN, false))
                .on("B", "mark the line, or not", does::toggleBookmark)
                .pair(
                        "]",
                        "[",
                        "next, previous mark",
                        () -> does.nextBookmark(true),
                        () -> does.nextBookmark(false))
                .pair(
                        "M",
                        "Shift+M",
                        "a note at the line; all marks",
                        actions::note,
                        actions::marks)
                .pair(
                        "Z",
                        "Shift+Z",
                        "unfold or fold the line, all lines",
                        does::toggleFold,
                        does::toggleFolds)
                .on("H", "make the selected or found text stand out", does::toggleHighlight)
                .on("I", "state changes, retries, alerts between the lines", does::toggleFacts)
                .on("O", "fetch older lines from the gateway", does::older);
    }

    private void moving() {
        keys.pair("↑", "↓", "previous, next line", () -> go(-1, false), () -> go(1, false))
                .pair("PgUp", "PgDn", "a screen up, down", () -> page(-1), () -> page(1))
                .pair("Home", "End", "the oldest lines, the newest", this::oldest, model::follow)
                .on("Ctrl+Home", "", this::oldest)
                .on("Ctrl+End", "", model::follow)
                .pair("←", "→", "move long lines sideways", sideways(-8), sideways(8))
                .on("Enter", "the whole entry: stack trace, fields", actions::details)
                .pair("Shift+↑", "Shift+↓", "select lines", () -> go(-1, true), () -> go(1, true))
                .on("Shift+PgUp", "", () -> go(-rows(), true))
                .on("Shift+PgDn", "", () -> go(rows(), true))
                .on("Ctrl+A", "select all lines, on the screen or not", this::selectAll)
                .on("Ctrl+C", "copy", actions::copy)
                .on("Ctrl+Ins", "", actions::copy)
                .on("Ctrl+Shift+V", "open the link to a line that was copied", actions::openLink)
                .on("Esc", "close, then clear the selection, then the find", this::escape);
    }

    private void find(boolean next) {
        model.findNext(next);
    }

    private Runnable seek(Level level, boolean forward) {
        return () -> model.seekLevel(level, forward);
    }

    private Runnable sideways(int by) {
        return () -> surface.scrollSideways(by);
    }

    private void go(long rows, boolean selecting) {
        model.screen().moveCurrent(rows, selecting);
    }

    private void selectAll() {
        model.screen().selectAll();
    }

    private long rows() {
        return Math.max(1, (long) model.view().viewport().rows() - 1);
    }

    private void page(int screens) {
        model.screen().scroll((double) (screens * rows()));
    }

    private void oldest() {
        model.screen().jump((double) model.view().viewport().first());
    }

    private void toggleFollow() {
        if (model.view().viewport().following()) {
            model.screen().pause();
        } else {
            model.follow();
        }
    }

    private void escape() {
        if (actions.close()) {
            return;
        }
        if (model.screen().selection() != null) {
            model.screen().select(null);
        } else {
            model.find(FindQuery.NONE);
        }
    }
}
