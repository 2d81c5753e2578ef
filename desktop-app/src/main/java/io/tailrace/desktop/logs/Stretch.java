package io.tailrace.desktop.logs;

/**
 * Consecutive lines of a segment. The store is a row of them, ascending and without overlaps.
 *
 * @param segment has the lines
 * @param from the index of the first
 * @param limit one more than the index of the last; -1 as long as the segment grows
 */
record Stretch(LogSegment segment, int from, int limit) {

    /** One more than the index of the last line; any thread. */
    int to() {
        return limit < 0 ? segment.lines() : limit;
    }

    int count() {
        return to() - from;
    }

    /** The number of the first line; writer. */
    long first() {
        return segment.key(from);
    }

    /** The number of the last line; writer. */
    long last() {
        return limit < 0 ? segment.lastKey() : segment.key(limit - 1);
    }

    /** The index of the first line whose number is not less than a key; writer. */
    int lowerBound(long key) {
        return segment.body().lowerBound(key, from, to());
    }

    /** How many bytes its lines have; writer. */
    long bytes() {
        int to = to();
        return to == from ? 0 : segment.end(to - 1) + 1L - segment.start(from);
    }
}
