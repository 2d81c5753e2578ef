package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalLong;

/** The current find: its query, the lines that match, and whether there may be more. FX thread. */
final class FindState {

    private static final LineList NONE = new LineList();

    private final LogStore store;
    private FindQuery query = FindQuery.NONE;
    private String problem = "";
    private @Nullable HitList hits;

    FindState(LogStore store) {
        this.store = store;
    }

    /** Starts over, for another query or filter; what was running is cancelled. */
    void start(FindQuery wanted, LineFilter filter) {
        cancel();
        query = wanted;
        problem = wanted.isEmpty() ? "" : wanted.problem();
        hits = wanted.isEmpty() || !problem.isEmpty() ? null : new HitList(store, filter, wanted);
    }

    /** Ends what is running. */
    void cancel() {
        if (hits != null) {
            hits.cancel();
        }
    }

    /**
     * Takes over what was found, until a moment of {@link System#nanoTime}.
     *
     * @return whether there was anything
     */
    boolean drain(long deadline) {
        HitList running = hits;
        return running != null && running.drain(deadline, lines -> {});
    }

    /** Searches lines that were put among the others. */
    void inserted(List<KeyRange> ranges) {
        if (hits != null) {
            hits.inserted(ranges);
        }
    }

    FindQuery query() {
        return query;
    }

    /** What is wrong with the query, in a sentence, or empty. */
    String problem() {
        return hits == null ? problem : hits.problem();
    }

    /** The lines that match, as far as they were searched. */
    LineList matches() {
        return hits == null ? NONE : hits.lines();
    }

    /** Whether there are lines that were not searched yet. */
    boolean searching() {
        return hits != null && hits.searching();
    }

    /** The nearest match beyond a line; behind the last comes the first again. */
    OptionalLong beyond(long line, boolean forward) {
        LineList matches = matches();
        if (matches.count() == 0) {
            return OptionalLong.empty();
        }
        long index = forward ? matches.lowerBound(line + 1) : matches.lowerBound(line) - 1;
        if (index >= matches.size()) {
            index = matches.first();
        } else if (index < matches.first()) {
            index = matches.size() - 1;
        }
        return OptionalLong.of(matches.get(index));
    }

    /** Which match a line is, from 1; 0 when it is none. */
    long ordinal(long line) {
        LineList matches = matches();
        long index = matches.lowerBound(line);
        boolean found = index < matches.size() && matches.get(index) == line;
        return found ? index - matches.first() + 1 : 0;
    }
}
