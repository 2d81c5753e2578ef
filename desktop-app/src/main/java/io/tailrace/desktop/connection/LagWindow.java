package io.tailrace.desktop.connection;

import java.util.Arrays;

/** The lags of the latest events: a ring of samples that forgets what is older than the window. */
final class LagWindow {

    private static final int SAMPLES = 2048;

    private final long windowMillis;
    private final long[] lags = new long[SAMPLES];
    private final long[] times = new long[SAMPLES];
    private int next;
    private int count;

    LagWindow(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    void add(long lagMillis, long nowMillis) {
        lags[next] = lagMillis;
        times[next] = nowMillis;
        next = (next + 1) % SAMPLES;
        count = Math.min(count + 1, SAMPLES);
    }

    void clear() {
        count = 0;
        next = 0;
    }

    /** The lags within the window, sorted. */
    long[] sorted(long nowMillis) {
        long[] kept = new long[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (nowMillis - times[i] <= windowMillis) {
                kept[n++] = lags[i];
            }
        }
        long[] result = Arrays.copyOf(kept, n);
        Arrays.sort(result);
        return result;
    }

    /** The value that a share of the sorted lags does not exceed; -1 when there are none. */
    static long percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? -1
                : sorted[
                        Math.max(
                                0,
                                Math.min(sorted.length, (int) Math.ceil(share * sorted.length))
                                        - 1)];
    }
}
