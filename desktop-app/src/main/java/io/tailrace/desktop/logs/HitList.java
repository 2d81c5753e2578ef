package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/** The lines that one search found so far, and whether there may be more. FX thread. */
final class HitList {

    private final LogStore store;
    private final LineList lines = new LineList();
    private final long upTo; // what there was in the beginning
    private @Nullable Search search;
    private String problem = "";
    private long searchedTo;

    /** Begins a search for a query, and texts of the filter, without a problem. */
    HitList(LogStore store, LineFilter filter, FindQuery query) {
        this.store = store;
        this.upTo = store.newest();
        search = new Search(store, filter, query);
        search.wake();
    }

    /** Ends it. */
    void cancel() {
        if (search != null) {
            search.cancel();
            search = null;
        }
    }

    /**
     * Takes over what was found, until a moment of {@link System#nanoTime}.
     *
     * @param taker gets the lines as well
     * @return whether there was anything
     */
    boolean drain(long deadline, Consumer<long[]> taker) {
        lines.dropBefore(store.oldest());
        Search running = search;
        if (running == null) {
            return false;
        }
        boolean any = false;
        Search.Hits hits = running.poll();
        while (hits != null) {
            any = true;
            take(hits, taker);
            hits = System.nanoTime() - deadline < 0 ? running.poll() : null;
        }
        if (!running.problem().isEmpty()) {
            problem = running.problem();
            search = null;
        } else if (searchedTo <= store.newest()) {
            running.wake();
        }
        return any;
    }

    private void take(Search.Hits hits, Consumer<long[]> taker) {
        long[] found = hits.lines();
        long oldest = store.oldest();
        int from = 0;
        while (from < found.length && found[from] < oldest) {
            from++;
        }
        long[] held = from == 0 ? found : java.util.Arrays.copyOfRange(found, from, found.length);
        long _ = lines.insert(held, held.length);
        taker.accept(held);
        searchedTo = Math.max(searchedTo, hits.to());
    }

    /** Searches lines that were put among the others. */
    void inserted(List<KeyRange> ranges) {
        if (search != null) {
            search.inserted(ranges);
        }
    }

    LineList lines() {
        return lines;
    }

    /** Why it gave up, in a sentence; empty when it did not. */
    String problem() {
        return problem;
    }

    /** Whether there are lines that were not searched yet. */
    boolean searching() {
        return search != null && (searchedTo <= store.newest() || search.behind());
    }

    /** Whether what there was in the beginning is searched. */
    boolean caughtUp() {
        return search == null || searchedTo > upTo;
    }
}
