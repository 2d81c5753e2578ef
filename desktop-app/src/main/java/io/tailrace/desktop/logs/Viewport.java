package io.tailrace.desktop.logs;

import java.util.function.BooleanSupplier;
import java.util.function.LongToIntFunction;

/**
 * Which entries of the filtered lines are on the screen: the newest while following, otherwise
 * always the same ones. Entries are indexes of a {@link LineList}; the one before its first is for
 * the marker of older lines. Unfolded ones take several rows of the screen. FX thread.
 */
final class Viewport {

    private static final double SLACK = 1e-6; // of adding up rows

    private double rows = 1;
    private double top;
    private long first;
    private long end;
    private long seen;
    private boolean following = true;
    private BooleanSupplier even = () -> true; // each entry takes one row
    private LongToIntFunction heights = _ -> 1;

    /**
     * Tells how high entries are.
     *
     * @param allEven whether each of them takes one row
     * @param rowsOf how many rows the entry with an index takes, otherwise
     */
    void heights(BooleanSupplier allEven, LongToIntFunction rowsOf) {
        even = allEven;
        heights = rowsOf;
    }

    private int height(long row) {
        return row < first || row >= end ? 1 : Math.max(1, heights.applyAsInt(row));
    }

    /** The place so many rows of the screen below a place, or above it. */
    double moved(double from, double by) {
        if (even.getAsBoolean()) {
            return from + by;
        }
        long row = (long) Math.floor(from);
        double within = (from - row) * height(row) + by;
        while (within < 0 && row > first) {
            row--;
            within += height(row);
        }
        while (row < end && within >= height(row)) {
            within -= height(row);
            row++;
        }
        return row + Math.max(0, within) / height(row);
    }

    /** How many rows of the screen lie between the upper edge and an entry that is near. */
    double below(long row) {
        if (even.getAsBoolean() || row <= top) {
            return row - top;
        }
        long at = (long) Math.floor(top);
        double rowsBetween = -(top - at) * height(at);
        while (at < row && rowsBetween <= rows) {
            rowsBetween += height(at);
            at++;
        }
        return rowsBetween;
    }

    /** Tells how many rows fit on the screen, also parts of one. */
    void resize(double visibleRows) {
        rows = Math.max(1, visibleRows);
        settle();
    }

    /** Tells which rows there are. */
    void range(long firstRow, long endRow) {
        first = firstRow;
        end = endRow;
        settle();
    }

    private void settle() {
        if (following) {
            top = latest();
            seen = end;
        }
        top = Math.clamp(top, (double) first, latest());
    }

    /** How far the upper edge can move, in entries; 0 when all are on the screen. */
    double travel() {
        return latest() - first;
    }

    /** How many entries are on the screen, also parts of one. */
    double onScreen() {
        return moved(top, rows) - top;
    }

    private double latest() {
        return Math.max((double) first, moved((double) end, -rows));
    }

    /** The row at the upper edge, with the part of it that is above the edge. */
    double top() {
        return top;
    }

    /** How many rows fit. */
    double rows() {
        return rows;
    }

    /** Whether the whole of a row is on the screen. */
    boolean shows(long row) {
        return row >= top && below(row) + height(row) <= rows + SLACK;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    boolean following() {
        return following;
    }

    /** How many rows arrived since following ended. */
    long unseen() {
        return following ? 0 : Math.max(0, end - Math.max(seen, first));
    }

    /** Shows the newest rows, and those that arrive. */
    void follow() {
        following = true;
        settle();
    }

    /** Stays where it is. */
    void pause() {
        following = false;
        settle();
    }

    /** Moves by rows; upwards ends following, reaching the end begins it. */
    void scroll(double by) {
        if (by < 0 && top > first) {
            following = false;
        }
        show(moved(top, by));
        if (by > 0 && top >= latest() - 0.01) {
            follow();
        }
    }

    /** Puts a row at the upper edge, or as near as there are rows; ends following. */
    void jump(double row) {
        following = false;
        show(row);
    }

    private void show(double row) {
        top = Math.clamp(row, (double) first, latest());
        seen = Math.max(seen, Math.min(end, (long) Math.ceil(moved(top, rows))));
    }

    /** Moves as little as it takes to show a row; from far away to the middle. Ends following. */
    void reveal(long row) {
        following = false;
        boolean far = row < top - rows || row > top + 2 * rows;
        if (far) {
            show(moved((double) row, -Math.floor(rows / 2)));
        }
        if (row < top) {
            show((double) row);
        } else if (!shows(row)) {
            show(Math.min((double) row, moved(row + 1.0, -rows)));
        }
    }

    /** So many rows were put before the one at the upper edge. */
    void shift(long more) {
        top += more;
        seen += more;
    }

    /** Continues in other rows: the same line at the same height. */
    void rebase(long firstRow, long endRow, double newTop) {
        first = firstRow;
        end = endRow;
        seen = endRow;
        top = newTop;
        settle();
    }
}
