package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;
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

    private final KeyTable keys = new KeyTable(text("logs.keys"));
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
        keys.on("F", text("logs.keys.follow"), this::toggleFollow)
                .on("/ Ctrl+F", text("logs.keys.find"), actions::find)
                .pair("N", "Shift+N", text("logs.keys.match"), () -> find(true), () -> find(false))
                .on("F3", "", () -> find(true))
                .on("Shift+F3", "", () -> find(false))
                .on("&", text("logs.keys.only"), does::onlyMatches)
                .pair(
                        "+",
                        "-",
                        text("logs.keys.around"),
                        () -> does.around(1),
                        () -> does.around(-1))
                .on("X", text("logs.keys.errors"), does::toggleErrors)
                .on(":", text("logs.keys.filter"), actions::filter)
                .pair(
                        "E",
                        "Shift+E",
                        text("logs.keys.error"),
                        seek(ERROR, true),
                        seek(ERROR, false))
                .pair(
                        "W",
                        "Shift+W",
                        text("logs.keys.warning"),
                        seek(WARN, true),
                        seek(WARN, false))
                .on("B", text("logs.keys.mark"), does::toggleBookmark)
                .pair(
                        "]",
                        "[",
                        text("logs.keys.nextMark"),
                        () -> does.nextBookmark(true),
                        () -> does.nextBookmark(false))
                .pair("M", "Shift+M", text("logs.keys.note"), actions::note, actions::marks)
                .pair("Z", "Shift+Z", text("logs.keys.fold"), does::toggleFold, does::toggleFolds)
                .on("H", text("logs.keys.highlight"), does::toggleHighlight)
                .on("I", text("logs.keys.facts"), does::toggleFacts)
                .on("O", text("logs.keys.older"), does::older);
    }

    private void moving() {
        keys.pair("↑", "↓", text("logs.keys.line"), () -> go(-1, false), () -> go(1, false))
                .pair("PgUp", "PgDn", text("logs.keys.page"), () -> page(-1), () -> page(1))
                .pair("Home", "End", text("logs.keys.ends"), this::oldest, model::follow)
                .on("Ctrl+Home", "", this::oldest)
                .on("Ctrl+End", "", model::follow)
                .pair("←", "→", text("logs.keys.sideways"), sideways(-8), sideways(8))
                .on("Enter", text("logs.keys.details"), actions::details)
                .pair(
                        "Shift+↑",
                        "Shift+↓",
                        text("logs.keys.select"),
                        () -> go(-1, true),
                        () -> go(1, true))
                .on("Shift+PgUp", "", () -> go(-rows(), true))
                .on("Shift+PgDn", "", () -> go(rows(), true))
                .on("Ctrl+A", text("logs.keys.all"), this::selectAll)
                .on("Ctrl+C", text("logs.keys.copy"), actions::copy)
                .on("Ctrl+Ins", "", actions::copy)
                .on("Ctrl+Shift+V", text("logs.keys.link"), actions::openLink)
                .on("Esc", text("logs.keys.escape"), this::escape);
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
