package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/** What people do with the screen and the selection. FX thread. */
final class LogsScreen {

    private final LogsView view;
    private final LogsSelection selection;
    private final Consumer<String> changed;

    /**
     * Moves a view.
     *
     * @param changed called when it has to be painted, with a sentence for people or an empty one
     */
    LogsScreen(LogsView view, LogsSelection selection, Consumer<String> changed) {
        this.view = view;
        this.selection = selection;
        this.changed = changed;
    }

    private Viewport viewport() {
        return view.viewport();
    }

    /** Takes up lines that arrived; a current line that is hidden now gives way to a shown one. */
    void advance(long deadline) {
        view.advance(deadline);
        if (!view.busy()) {
            selection.settle();
        }
    }

    /** Brings a line to the screen and stays there. */
    void reveal(long line) {
        view.reveal(line);
        changed.accept("");
    }

    /** Shows the newest lines, and those that arrive. */
    void follow() {
        viewport().follow();
        changed.accept("");
    }

    /** Stays where it is, whatever arrives. */
    void pause() {
        viewport().pause();
        changed.accept("");
    }

    /** Tells how many rows fit on the screen; the current line stays on it. */
    void resize(double rows) {
        view.resize(rows, selection.line());
        changed.accept("");
    }

    /** Moves the screen by rows; upwards pauses, reaching the end follows. */
    void scroll(double rows) {
        viewport().scroll(rows);
        changed.accept("");
    }

    /** Puts a row at the upper edge of the screen, and stays there. */
    void jump(double row) {
        viewport().jump(row);
        changed.accept("");
    }

    /** Makes the line so many rows away the current one, drawing the selection along or not. */
    void moveCurrent(long rows, boolean extend) {
        selection.move(rows, extend);
        changed.accept("");
    }

    /** Selects text, or nothing when null. */
    void select(@Nullable LineSelection wanted) {
        selection.set(wanted);
        changed.accept("");
    }

    /** Selects every line that the filter shows, on the screen or not. */
    void selectAll() {
        select(selection.all());
    }

    /** The selected text, byte for byte as it was published; empty, with a notice, if too much. */
    Optional<String> copy() {
        Optional<String> text = selection.text();
        boolean tooMuch = text.isEmpty() && selection.get() != null;
        changed.accept(tooMuch ? Texts.text("logs.copy.tooMuch") : "");
        return text;
    }

    /** The current line if it is shown; -1 when there is none. */
    long current() {
        return selection.shown();
    }

    @Nullable LineSelection selection() {
        return selection.get();
    }
}
