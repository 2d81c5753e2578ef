package io.tailrace.desktop.logs;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A row laid out on a grid of cells of one width, as terminals do: tabs to the next multiple of 8,
 * two cells for wide characters, a visible sign for each control character, no cell for what only
 * asks for a colour. Columns are chars of the original text.
 */
final class RowText {

    private static final int TAB = 8;
    private static final char SUBSTITUTE = '␦';

    /**
     * A piece that is drawn at once.
     *
     * @param text what is drawn
     * @param cell where it begins
     * @param cells how wide it is
     * @param even whether each char takes one cell, so that it may be cut anywhere
     * @param colour what the text itself asks for, as {@link AnsiColour} says
     */
    record Run(String text, int cell, int cells, boolean even, int colour) {}

    private final List<Run> runs = new ArrayList<>(1);
    private final int[] cellOf; // by column; empty when every char takes one cell
    private final int columns;

    // While laying out: the even piece that is being collected.
    private final StringBuilder even = new StringBuilder();
    private int cells;
    private int colour = AnsiColour.NONE;

    RowText(String text) {
        columns = text.length();
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            cellOf = new int[0];
            cells = columns;
            runs.add(new Run(text, 0, columns, true, colour));
        } else {
            cellOf = new int[columns + 1];
            layOut(text);
        }
    }

    /** What to draw, from left to right. */
    List<Run> runs() {
        return runs;
    }

    /** How wide the row is. */
    int cells() {
        return cells;
    }

    /** How many columns the row has. */
    int columns() {
        return columns;
    }

    /** The cell where a column begins. */
    int cellAt(int column) {
        int at = Math.clamp(column, 0, columns);
        return cellOf.length == 0 ? at : cellOf[at];
    }

    /** The column whose cell is nearest to a place between cells. */
    int columnAt(double cell) {
        if (cellOf.length == 0) {
            return Math.clamp(Math.round(cell), 0, columns);
        }
        int best = 0;
        for (int column = 1; column <= columns; column++) {
            boolean begins = cellOf[column] != cellOf[column - 1];
            if (begins && Math.abs(cellOf[column] - cell) < Math.abs(cellOf[best] - cell)) {
                best = column;
            }
        }
        return best;
    }

    private void layOut(String text) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int at = 0;
        while (at < columns) {
            char c = text.charAt(at);
            char next = at + 1 < columns ? text.charAt(at + 1) : ' ';
            int end = at + 1;
            int sequence = c == AnsiColour.ESCAPE ? AnsiColour.end(text, at) : -1;
            if (sequence > 0) {
                end = sequence;
                endEven();
                Arrays.fill(cellOf, at, end, cells);
                colour = AnsiColour.after(colour, text, at, end);
            } else if (c == '\t') {
                put(" ".repeat(TAB - cells % TAB), at, end);
            } else if (evenWidth(c) && (next < 0x300 || evenWidth(next))) {
                put(text.substring(at, end), at, end);
            } else if (control(c)) {
                cluster(sign(c), at, end, 1);
            } else if (joined(text.codePointAt(at))) {
                end = joinedEnd(text, at);
                joinedRun(text, at, end, clusters);
            } else {
                end = clusters.following(at);
                String one = text.substring(at, end);
                cluster(one, at, end, wide(one) ? 2 : 1);
            }
            at = end;
        }
        endEven();
        cellOf[columns] = cells;
    }

    private void put(String piece, int from, int to) {
        Arrays.fill(cellOf, from, to, cells);
        even.append(piece);
        cells += piece.length();
    }

    private void cluster(String piece, int from, int to, int width) {
        endEven();
        Arrays.fill(cellOf, from, to, cells);
        runs.add(new Run(piece, cells, width, false, colour));
        cells += width;
    }

    /** Scripts whose letters change with their neighbours are drawn as one piece. */
    private void joinedRun(String text, int from, int to, BreakIterator clusters) {
        endEven();
        int start = cells;
        int at = from;
        while (at < to) {
            int end = Math.min(to, clusters.following(at));
            Arrays.fill(cellOf, at, end, cells++);
            at = end;
        }
        runs.add(new Run(text.substring(from, to), start, cells - start, false, colour));
    }

    private void endEven() {
        if (!even.isEmpty()) {
            runs.add(new Run(even.toString(), cells - even.length(), even.length(), true, colour));
            even.setLength(0);
        }
    }

    /** Characters that the bundled font has, all of one width. */
    private static boolean evenWidth(char c) {
        return (c >= ' ' && c < 0x7f)
                || (c > 0xa0 && c < 0x300 && c != 0xad)
                || (c >= 0x370 && c < 0x483)
                || (c >= 0x2013 && c <= 0x2026)
                || (c >= 0x2500 && c < 0x2580);
    }

    /** Characters that would change how others are shown, or show nothing at all. */
    private static boolean control(char c) {
        return c < ' '
                || (c >= 0x7f && c < 0xa0)
                || c == 0xad
                || c == 0x200b
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xfeff;
    }

    private static String sign(char c) {
        char shown = c < ' ' ? (char) (0x2400 + c) : c == 0x7f ? '␡' : SUBSTITUTE;
        return String.valueOf(shown);
    }

    private static boolean joined(int point) {
        byte direction = Character.getDirectionality(point);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || (point >= 0x900 && point < 0x1100);
    }

    private static int joinedEnd(String text, int from) {
        int at = from;
        int end = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean mark = Character.getType(point) == Character.NON_SPACING_MARK;
            at += Character.charCount(point);
            if (joined(point) || mark) {
                end = at;
            } else if (point != ' ') {
                break;
            }
        }
        return end;
    }

    private static boolean wide(String cluster) {
        int c = cluster.codePointAt(0);
        return Character.isEmojiPresentation(c)
                || cluster.indexOf('\ufe0f') > 0
                || (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
