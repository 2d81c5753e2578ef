package io.tailrace.desktop.logs;

/**
 * Lines of a segment whose body is retained for the reader.
 *
 * @param segment has the contexts
 * @param body has the lines
 * @param from the index of the first line
 * @param to one more than the index of the last
 */
record SearchPart(LogSegment segment, SegmentBody body, int from, int to) {

    /** The lines of a stretch, up to an index, that are in a range. */
    static SearchPart of(Stretch stretch, SegmentBody body, int to, KeyRange range) {
        int from = body.lowerBound(range.first(), stretch.from(), to);
        int end = range.last() == Long.MAX_VALUE ? to : body.lowerBound(range.last() + 1, from, to);
        return new SearchPart(stretch.segment(), body, from, end);
    }

    /** The number of the last line. */
    long last() {
        return body.keys().value(to - 1);
    }

    /** What a test finds in it. */
    long[] find(LineTest test) {
        return test.find(segment, body, from, to);
    }
}
