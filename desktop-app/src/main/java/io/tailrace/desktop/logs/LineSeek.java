package io.tailrace.desktop.logs;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The way to the nearest line of a kind. Segments without such lines are passed over. Writer. */
final class LineSeek {

    private LineSeek() {}

    /** The nearest wanted line beyond another. */
    static OptionalLong next(
            Stretch[] row, long from, boolean forward, Predicate<LineContext> wanted) {
        return next(row, from, forward, wanted, _ -> true);
    }

    /**
     * The next one whose line is wanted, too.
     *
     * @param line asked by number, only of lines with a wanted context
     */
    static OptionalLong next(
            Stretch[] row,
            long from,
            boolean forward,
            Predicate<LineContext> wanted,
            LongPredicate line) {
        int at = row.length == 0 ? -1 : LineRow.stretchAt(row, from);
        for (int i = at; i >= 0 && i < row.length; i += forward ? 1 : -1) {
            OptionalLong found = in(row[i], from, forward, wanted, line);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong in(
            Stretch stretch,
            long from,
            boolean forward,
            Predicate<LineContext> wanted,
            LongPredicate line) {
        LogSegment segment = stretch.segment();
        boolean[] accepted = new boolean[segment.contextCount()];
        boolean any = false;
        for (int id = 0; id < accepted.length; id++) {
            accepted[id] = wanted.test(segment.contextOf(id));
            any |= accepted[id];
        }
        if (!any) {
            return OptionalLong.empty();
        }
        Column ids = segment.body().ids();
        int i = forward ? stretch.lowerBound(from + 1) : stretch.lowerBound(from) - 1;
        int to = stretch.to();
        for (; i >= stretch.from() && i < to; i += forward ? 1 : -1) {
            if (accepted[(int) ids.value(i)] && line.test(segment.key(i))) {
                return OptionalLong.of(segment.key(i));
            }
        }
        return OptionalLong.empty();
    }

    /** The wanted line whose number is nearest to a key. */
    static OptionalLong near(LogStore store, long key, Predicate<LineContext> wanted) {
        OptionalLong before = next(store.row(), key + 1, false, wanted);
        OptionalLong after = next(store.row(), key, true, wanted);
        if (before.isEmpty() || after.isEmpty()) {
            return before.isEmpty() ? after : before;
        }
        long back = key - before.getAsLong();
        long ahead = after.getAsLong() - key;
        return ahead < back ? after : before;
    }
}
