package io.tailrace.desktop.logs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which entries of several lines stand with all of them in the log, and not only with the first. FX
 * thread.
 */
final class Folds {

    /** So many rows at most: the details have the rest. */
    static final int MOST_ROWS = 200;

    private static final int MOST = 100_000; // entries that differ from the others

    private final LogStore store;
    private final Set<Long> different = new HashSet<>();
    private boolean all;

    Folds(LogStore store) {
        this.store = store;
    }

    /** Whether nothing is unfolded, so that each entry has one row. */
    boolean none() {
        return !all && different.isEmpty();
    }

    /** Whether entries are unfolded unless somebody folded them. */
    boolean all() {
        return all;
    }

    /** Unfolds every entry, or folds them all. */
    void all(boolean unfolded) {
        all = unfolded;
        different.clear();
    }

    /** Unfolds an entry, or folds it. */
    void toggle(long line) {
        if (!different.remove(line) && different.size() < MOST) {
            different.add(line);
        }
    }

    /** Whether an entry is unfolded, if it has more than one line. */
    boolean unfolded(long line) {
        return all != different.contains(line);
    }

    /** How many rows an entry takes. */
    int rows(long line) {
        if (none() || !unfolded(line) || !store.holds(line)) {
            return 1;
        }
        LogLine read = LogLine.read(store, line);
        return 1 + Math.min(MOST_ROWS, read.context().published() ? read.more() : 0);
    }

    /** The lines of an unfolded entry behind its first. */
    List<String> further(long line) {
        return LogLine.text(store, line).lines().skip(1).limit(MOST_ROWS).toList();
    }
}
