package io.tailrace.server.ops;

import java.time.Duration;
import java.util.TreeMap;

/**
 * When which position was stored, to the second, for the last hour: turns lag in entries into lag
 * in time. Thread-safe; costs next to nothing per append.
 */
public final class Timeline {

    private static final int SECONDS = 3_600;
    private static final long MILLIS = 1_000;

    // Guarded by itself: the first position of each second, and that second's milliseconds.
    private final TreeMap<Long, Long> seconds = new TreeMap<>();
    private volatile long latest = -1;

    /** Knows nothing yet. */
    public Timeline() {}

    /** A position was stored; called with ever larger ones. */
    public void stored(long position, long millis) {
        if (millis / MILLIS == latest / MILLIS) {
            return;
        }
        latest = millis;
        synchronized (seconds) {
            seconds.put(position, millis);
            if (seconds.size() > SECONDS) {
                seconds.pollFirstEntry();
            }
        }
    }

    /** How long ago that position was stored; what is older than the hour counts as its begin. */
    public Duration age(long position, long nowMillis) {
        synchronized (seconds) {
            var entry = seconds.floorEntry(position);
            if (entry == null) {
                entry = seconds.firstEntry();
            }
            return entry == null
                    ? Duration.ZERO
                    : Duration.ofMillis(Math.max(0, nowMillis - entry.getValue()));
        }
    }
}
