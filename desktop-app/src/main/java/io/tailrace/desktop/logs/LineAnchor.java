package io.tailrace.desktop.logs;

/**
 * A place in the log.
 *
 * @param line the number of the line in the store
 * @param column a place between the chars of the line's row
 */
record LineAnchor(long line, int column) implements Comparable<LineAnchor> {

    /** Behind every char of a row. */
    static final int END = Integer.MAX_VALUE;

    @Override
    public int compareTo(LineAnchor other) {
        int byLine = Long.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
