package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import javafx.scene.input.KeyEvent;

/** What the keys do while the rows have the focus; letters as in lnav. */
final class LogsKeys {

    /** The keys and what they do, for the help sheet. */
    static final String HELP =
            """
            F            follow, or pause
            /  Ctrl+F    find
            n  N  F3     next match, previous match
            &            show only the lines that match;  +  -  lines around them
            X            errors only, and back
            :            add a filter: text, field = value, last 10m, …
            e  E         next error, previous error
            w  W         next warning or error, previous
            b  ]  [      mark the line, next mark, previous mark
            m  M         a note at the line, all marks and notes
            z  Z         unfold the line or fold it, all lines
            h            make the selected or found text stand out
            i            state changes, retries and alerts between the lines
            o            fetch older lines from the gateway
            ↑  ↓         previous line, next line
            PgUp PgDn    a screen up, a screen down
            Home End     the oldest lines, the newest (and follow)
            ←  →         move long lines sideways
            Enter        the whole entry: further lines, stack trace, fields
            Shift+↑ ↓    select lines
            Ctrl+A       select all lines, on the screen or not
            Ctrl+C       copy
            Ctrl+Shift+V open the link to a line that was copied
            Esc          close, then clear the selection, then the find
            ?            these keys
            """;

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

        /** Shows the keys, or hides them. */
        void help();

        /** Closes what lies over or under the rows; false when nothing does. */
        boolean close();
    }

    private final LogsModel model;
    private final LogsSurface surface;
    private final Actions actions;
    private final LogsActions does;

    LogsKeys(LogsModel model, LogsActions does, LogsSurface surface, Actions actions) {
        this.model = model;
        this.does = does;
        this.surface = surface;
        this.actions = actions;
        surface.setOnKeyPressed(e -> {
            if (pressed(e)) {
                e.consume();
            }
        });
        surface.setOnKeyTyped(e -> {
            if (!e.isShortcutDown() && !e.isAltDown() && typed(e.getCharacter())) {
                e.consume();
            }
        });
    }

    private boolean typed(String character) {
        switch (character) {
            case "f", "F" -> toggleFollow();
            case "/" -> actions.find();
            case "n" -> model.findNext(true);
            case "N" -> model.findNext(false);
            case "e" -> model.seekLevel(Level.ERROR, true);
            case "E" -> model.seekLevel(Level.ERROR, false);
            case "w" -> model.seekLevel(Level.WARN, true);
            case "W" -> model.seekLevel(Level.WARN, false);
            case "?" -> actions.help();
            default -> {
                return acted(character);
            }
        }
        return true;
    }

    private boolean acted(String character) {
        switch (character) {
            case "&" -> does.onlyMatches();
            case "+" -> does.around(1);
            case "-" -> does.around(-1);
            case "x", "X" -> does.toggleErrors();
            case ":" -> actions.filter();
            case "b", "B" -> does.toggleBookmark();
            case "]" -> does.nextBookmark(true);
            case "[" -> does.nextBookmark(false);
            case "h", "H" -> does.toggleHighlight();
            case "i", "I" -> does.toggleFacts();
            case "o", "O" -> does.older();
            case "z" -> does.toggleFold();
            case "Z" -> does.toggleFolds();
            case "m" -> actions.note();
            case "M" -> actions.marks();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean pressed(KeyEvent event) {
        if (event.isShortcutDown()) {
            return shortcut(event);
        }
        long page = Math.max(1, (long) model.view().viewport().rows() - 1);
        boolean shift = event.isShiftDown();
        switch (event.getCode()) {
            case UP -> model.screen().moveCurrent(-1, shift);
            case DOWN -> model.screen().moveCurrent(1, shift);
            case PAGE_UP -> page(-page, shift);
            case PAGE_DOWN -> page(page, shift);
            case HOME -> oldest();
            case END -> model.follow();
            case LEFT -> surface.scrollSideways(-8);
            case RIGHT -> surface.scrollSideways(8);
            case F3 -> model.findNext(!shift);
            case ENTER -> actions.details();
            case ESCAPE -> escape();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean shortcut(KeyEvent event) {
        switch (event.getCode()) {
            case F -> actions.find();
            case C, INSERT -> actions.copy();
            case V -> actions.openLink();
            case A -> model.screen().selectAll();
            case HOME -> oldest();
            case END -> model.follow();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Pages move the screen; with shift they draw the selection. */
    private void page(long rows, boolean shift) {
        if (shift) {
            model.screen().moveCurrent(rows, true);
        } else {
            model.screen().scroll((double) rows);
        }
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
