package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The stretches of a store, ascending and without overlaps. One thread changes them; any thread may
 * take them as they are. A segment that no stretch shows any more is given back.
 */
final class LineRow {

    private static final Stretch[] NONE = {};

    // Replaced by the writer; readers take it once.
    private volatile Stretch[] row = NONE;

    // The writer's.
    private long held;
    private long gone;

    /** The row as it is; any thread. The last stretch may go on growing. */
    Stretch[] all() {
        return row;
    }

    /** How many lines there are. */
    long held() {
        return held;
    }

    /** How many lines left. */
    long gone() {
        return gone;
    }

    /** A line was added to the last stretch. */
    void grew() {
        held++;
    }

    /** Lets a segment grow behind all others. */
    void grow(LogSegment fresh) {
        fresh.piece(1);
        Stretch[] old = row;
        Stretch[] all = Arrays.copyOf(old, old.length + 1);
        all[old.length] = new Stretch(fresh, 0, -1);
        row = IntColumn.filled(all);
    }

    /** The segment that grows is full: its last stretch has an end from now on. */
    void close(LogSegment full) {
        Stretch[] all = row.clone();
        Stretch last = all[all.length - 1];
        all[all.length - 1] = new Stretch(full, last.from(), full.lines());
        row = IntColumn.filled(all);
    }

    /** Puts a segment's lines among the others. */
    Splice.Result insert(LogSegment segment) {
        Splice.Result result = Splice.of(row, segment);
        if (!result.added().isEmpty()) {
            held += result.count();
            replace(result.row());
        }
        return result;
    }

    private void replace(Stretch[] wanted) {
        Stretch[] old = row;
        for (Stretch stretch : wanted) {
            stretch.segment().piece(1);
        }
        row = IntColumn.filled(wanted);
        for (Stretch stretch : old) {
            stretch.segment().piece(-1);
        }
    }

    /** One segment takes the place of neighbours with the same lines; false when they changed. */
    boolean join(List<Stretch> pieces, LogSegment whole) {
        List<Stretch> all = Arrays.asList(row);
        int at = Collections.indexOfSubList(all, pieces);
        if (at < 0) {
            return false;
        }
        List<Stretch> wanted = new ArrayList<>(all.subList(0, at));
        wanted.add(new Stretch(whole, 0, whole.lines()));
        wanted.addAll(all.subList(at + pieces.size(), all.size()));
        replace(wanted.toArray(Stretch[]::new));
        return true;
    }

    /** Gives the oldest stretch away; answers its segment. */
    LogSegment dropOldest() {
        Stretch[] all = row;
        Stretch oldest = all[0];
        held -= oldest.count();
        gone += oldest.count();
        row = Arrays.copyOfRange(all, 1, all.length);
        oldest.segment().piece(-1);
        return oldest.segment();
    }

    /** The number of the oldest line; {@link Long#MAX_VALUE} while there is none. */
    long oldest() {
        return held == 0 ? Long.MAX_VALUE : row[0].first();
    }

    /** The number of the newest line; -1 while there is none. */
    long newest() {
        Stretch[] all = row;
        return held == 0 ? -1 : all[all.length - 1].last();
    }

    /** Where a line is; null when it is not there. */
    @Nullable LinePlace place(long line) {
        Stretch[] all = row;
        if (held == 0 || line < all[0].first()) {
            return null;
        }
        Stretch stretch = all[stretchAt(all, line)];
        int index = stretch.lowerBound(line);
        boolean there = index < stretch.to() && stretch.segment().key(index) == line;
        return there ? new LinePlace(stretch.segment(), index) : null;
    }

    /** The index of the stretch that has a line or would have it. */
    static int stretchAt(Stretch[] all, long line) {
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].first() <= line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Every segment that is shown. */
    Set<LogSegment> segments() {
        Set<LogSegment> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Stretch stretch : row) {
            all.add(stretch.segment());
        }
        return all;
    }

    /** Forgets everything, without giving it back; answers what there was. */
    Set<LogSegment> clear() {
        Set<LogSegment> all = segments();
        row = NONE;
        held = 0;
        return all;
    }
}
