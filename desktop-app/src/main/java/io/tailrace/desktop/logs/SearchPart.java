package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a stretch that one thread searches. Search threads.
 *
 * @param stretch has the lines
 * @param to one more than the index of the last
 * @param after only lines from this number on
 * @param last the number of the last line; -1 when they are gone
 */
record SearchPart(Stretch stretch, int to, long after, long last) {

    static SearchPart of(Stretch stretch, long after) {
        int to = stretch.to();
        SegmentBody body = to > stretch.from() ? stretch.segment().retained() : null;
        if (body == null) {
            return new SearchPart(stretch, stretch.from(), after, -1);
        }
        long last = body.keys().value(to - 1);
        body.release();
        return new SearchPart(stretch, to, after, last);
    }

    /** The parts with lines from a number on. */
    static List<SearchPart> after(List<Stretch> row, long next) {
        List<SearchPart> parts = new ArrayList<>();
        for (Stretch stretch : row) {
            SearchPart part = of(stretch, next);
            if (part.last >= next) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** What a test finds in it. */
    long[] find(LineTest test) {
        SegmentBody body = last < 0 ? null : retained();
        if (body == null) {
            return new long[0];
        }
        try {
            int from = body.lowerBound(after, stretch.from(), to);
            return test.find(stretch.segment(), body, from, to);
        } finally {
            body.release();
        }
    }

    private @Nullable SegmentBody retained() {
        return stretch.segment().retained();
    }
}
