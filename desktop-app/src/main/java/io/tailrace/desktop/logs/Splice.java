package io.tailrace.desktop.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the lines of one segment between those of a row of stretches. What is there already stays,
 * also where both have the same line. Writer.
 */
final class Splice {

    private final LogSegment fresh;
    private final int count;
    private final List<Stretch> row = new ArrayList<>();
    private final List<KeyRange> added = new ArrayList<>();
    private int next;
    private long more;

    private Splice(LogSegment fresh) {
        this.fresh = fresh;
        this.count = fresh.lines();
    }

    /**
     * What came out.
     *
     * @param row all stretches, ascending
     * @param added the new lines
     * @param count how many they are
     */
    record Result(Stretch[] row, List<KeyRange> added, long count) {}

    static Result of(Stretch[] old, LogSegment fresh) {
        Splice splice = new Splice(fresh);
        for (Stretch stretch : old) {
            splice.pass(stretch);
        }
        splice.upTo(Long.MAX_VALUE);
        return new Result(splice.row.toArray(Stretch[]::new), splice.added, splice.more);
    }

    private void pass(Stretch stretch) {
        if (stretch.count() == 0) {
            return;
        }
        upTo(stretch.first());
        Stretch rest = stretch;
        while (next < count && fresh.key(next) <= rest.last()) {
            int cut = rest.lowerBound(fresh.key(next));
            if (rest.segment().key(cut) == fresh.key(next)) {
                next++; // held already
                continue;
            }
            if (cut > rest.from()) {
                row.add(new Stretch(rest.segment(), rest.from(), cut));
                rest = new Stretch(rest.segment(), cut, rest.limit());
            }
            upTo(rest.first());
        }
        row.add(rest);
    }

    /** New lines whose number is less than a key. */
    private void upTo(long key) {
        int to = fresh.body().lowerBound(key, next, count);
        if (to > next) {
            Stretch stretch = new Stretch(fresh, next, to);
            row.add(stretch);
            added.add(new KeyRange(stretch.first(), stretch.last()));
            more += to - next;
            next = to;
        }
    }
}
