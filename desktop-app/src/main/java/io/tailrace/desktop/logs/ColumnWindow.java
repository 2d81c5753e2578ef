package io.tailrace.desktop.logs;

/** Reads a column from its begin to its end, a block at a time. One thread. */
final class ColumnWindow {

    private final Column column;
    private final int limit;
    private final long[] values = new long[Column.BLOCK];
    private int from;
    private int to;

    /** Reads values under indexes less than a limit. */
    ColumnWindow(Column column, int limit) {
        this.column = column;
        this.limit = limit;
    }

    /** The value at an index; those around it are read with it. */
    long value(int index) {
        if (index < from || index >= to) {
            from = index / Column.BLOCK * Column.BLOCK;
            to = Math.min(limit, from + Column.BLOCK);
            column.block(from, to - from, values);
        }
        return values[index - from];
    }
}
