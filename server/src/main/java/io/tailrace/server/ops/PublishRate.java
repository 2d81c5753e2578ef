package io.tailrace.server.ops;

import java.util.Arrays;

/** How many events a second were stored during the last ten seconds. Thread-safe. */
public final class PublishRate {

    private static final int SECONDS = 10;

    // Guarded by this; a second's count is at its number modulo the length.
    private final long[] counts = new long[SECONDS + 1];
    private long newest = Long.MIN_VALUE;

    /** Nothing was stored yet. */
    public PublishRate() {}

    /** Events were stored at that time, in milliseconds. */
    public synchronized void stored(int events, long millis) {
        counts[slot(advance(millis / 1_000))] += events;
    }

    /** Events a second, over the ten whole seconds before that time, in milliseconds. */
    public synchronized double perSecond(long millis) {
        long now = advance(millis / 1_000);
        long sum = 0;
        for (long second = now - SECONDS; second < now; second++) {
            sum += counts[slot(second)];
        }
        return (double) sum / SECONDS;
    }

    /** Forgets what is too old; time that goes back counts as standing still. */
    private long advance(long second) {
        if (newest == Long.MIN_VALUE || second - newest > SECONDS) {
            Arrays.fill(counts, 0);
            newest = second;
        }
        while (newest < second) {
            counts[slot(++newest)] = 0;
        }
        return newest;
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS + 1);
    }
}
