package io.tailrace.desktop.logs;

/**
 * What is selected: from where it was begun to where it was drawn. An end in a row's last column
 * takes the whole entry with its further lines.
 *
 * @param anchor where it was begun
 * @param caret where it was drawn; its line is the current line
 */
record LineSelection(LineAnchor anchor, LineAnchor caret) {

    /** One place, nothing selected. */
    static LineSelection at(long line, int column) {
        LineAnchor place = new LineAnchor(line, column);
        return new LineSelection(place, place);
    }

    /** Whole lines. */
    static LineSelection lines(long first, long last) {
        return new LineSelection(new LineAnchor(first, 0), new LineAnchor(last, LineAnchor.END));
    }

    LineAnchor from() {
        return anchor.compareTo(caret) <= 0 ? anchor : caret;
    }

    LineAnchor to() {
        return anchor.compareTo(caret) <= 0 ? caret : anchor;
    }

    boolean isEmpty() {
        return anchor.equals(caret);
    }

    /** The same begin, drawn to another place. */
    LineSelection to(LineAnchor place) {
        return new LineSelection(anchor, place);
    }

    /** The first column selected in a line, or -1 when none is. */
    int firstColumn(long line) {
        LineAnchor from = from();
        if (isEmpty() || line < from.line() || line > to().line()) {
            return -1;
        }
        return line == from.line() ? from.column() : 0;
    }

    /** Where the selection ends in a line that it touches. */
    int lastColumn(long line) {
        LineAnchor to = to();
        return line == to.line() ? to.column() : LineAnchor.END;
    }
}
