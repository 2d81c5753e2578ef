package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/** The current find: its query, the lines that match, and whether there may be more. FX thread. */
final class FindState {

    private final LogStore store;
    private FindQuery query = FindQuery.NONE;
    private String problem = "";
    private LineList matches = new LineList();
    private @Nullable Search search;
    private long searchedTo;

    FindState(LogStore store) {
        this.store = store;
    }

    /** Starts over, for another query or filter; what was running is cancelled. */
    void start(FindQuery wanted, LineFilter filter) {
        cancel();
        query = wanted;
        problem = wanted.isEmpty() ? "" : wanted.problem();
        matches = new LineList();
        searchedTo = store.first();
        if (!wanted.isEmpty() && problem.isEmpty()) {
            search = new Search(store, filter, wanted);
            search.wake();
        }
    }

    /** Ends what is running. */
    void cancel() {
        if (search != null) {
            search.cancel();
            search = null;
        }
    }

    /**
     * Takes over what was found, until a moment of {@link System#nanoTime}.
     *
     * @return whether there was anything
     */
    boolean drain(long deadline) {
        matches.dropBefore(store.first());
        Search running = search;
        if (running == null) {
            return false;
        }
        boolean any = false;
        Search.Hits hits = running.poll();
        while (hits != null) {
            any = true;
            take(hits);
            hits = System.nanoTime() - deadline < 0 ? running.poll() : null;
        }
        if (!running.problem().isEmpty()) {
            problem = running.problem();
            search = null;
        } else if (searchedTo < store.size()) {
            running.wake();
        }
        return any;
    }

    private void take(Search.Hits hits) {
        for (long line : hits.lines()) {
            if (line >= store.first()) {
                matches.add(line);
            }
        }
        searchedTo = Math.max(searchedTo, hits.to());
    }

    FindQuery query() {
        return query;
    }

    /** What is wrong with the query, in a sentence, or empty. */
    String problem() {
        return problem;
    }

    /** The lines that match, as far as they were searched. */
    LineList matches() {
        return matches;
    }

    /** Whether there are lines that were not searched yet. */
    boolean searching() {
        return search != null && searchedTo < store.size();
    }

    /** The nearest match beyond a line; behind the last comes the first again. */
    OptionalLong beyond(long line, boolean forward) {
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
        long index = matches.lowerBound(line);
        boolean found = index < matches.size() && matches.get(index) == line;
        return found ? index - matches.first() + 1 : 0;
    }
}
