package io.tailrace.desktop.logs;

/**
 * Which rows of the filtered lines are on the screen: the newest while following, otherwise always
 * the same ones. Rows are indexes of a {@link LineList}; one row before its first is for the marker
 * of older lines. FX thread.
 */
final class Viewport {

    private double rows = 1;
    private double top;
    private long first;
    private long end;
    private long seen;
    private boolean following = true;

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

    private double latest() {
        return Math.max((double) first, end - rows);
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
        return row >= top && row + 1 <= top + rows;
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
        show(top + by);
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
        seen = Math.max(seen, Math.min(end, (long) Math.ceil(top + rows)));
    }

    /** Moves as little as it takes to show a row; from far away to the middle. Ends following. */
    void reveal(long row) {
        following = false;
        boolean far = row < top - rows || row > top + 2 * rows;
        if (far) {
            show(row - Math.floor(rows / 2));
        } else if (row < top) {
            show((double) row);
        } else if (row + 1 > top + rows) {
            show(row + 1 - rows);
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
