package io.tailrace.desktop.logs;

import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * What is to be fetched, the latest wish first: what it interrupts goes on behind it. Of runs only
 * the one that was chosen last is fetched. FX thread.
 */
final class HistoryWishes {

    private static final int MOST = 16; // the oldest are given up, as nobody waits for them

    /**
     * Something to fetch.
     *
     * @param epoch the log that its positions are of
     * @param want what to fetch
     * @param then called when it is there
     */
    record Wish(String epoch, HistoryJob.Want want, Runnable then) {}

    private final Deque<Wish> wishes = new ArrayDeque<>();

    /** Puts a wish before all others. */
    void put(Wish wish) {
        if (wish.want().run() != null) {
            wishes.removeIf(other -> other.want().run() != null);
        }
        wishes.push(wish);
        if (wishes.size() > MOST) {
            wishes.removeLast();
        }
    }

    /** What is to be fetched now; null when there is nothing. */
    @Nullable Wish first() {
        return wishes.peek();
    }

    /** Takes a wish away that was fulfilled or failed. */
    void over(Wish wish) {
        boolean _ = wishes.remove(wish);
    }

    /** Gives all up. */
    void clear() {
        wishes.clear();
    }

    /** Whether a run is fetched, now or behind something else. */
    boolean hasRun(@Nullable RunKey run) {
        return run != null && wishes.stream().anyMatch(wish -> run.equals(wish.want().run()));
    }

    /** Whether as many lines of the same channels are fetched already. */
    boolean hasLike(HistoryJob.Want want) {
        return wishes.stream()
                .map(Wish::want)
                .anyMatch(other ->
                        other.most() == want.most()
                                && Objects.equals(other.run(), want.run())
                                && other.before().keySet().equals(want.before().keySet()));
    }
}
