package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import java.util.Arrays;

/**
 * How many lines of each level happened when: counts in buckets of one width, which doubles
 * whenever the times need more buckets than there are. One thread.
 */
final class LineTimes {

    /** The most buckets. */
    static final int BUCKETS = 2048;

    private static final int LEVELS = Level.values().length;

    private final int[] counts = new int[BUCKETS * LEVELS];
    private int shift; // a bucket is 1 << shift milliseconds
    private long base; // the bucket number of counts[0]
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;
    private boolean any;

    /** Counts a line. */
    void add(long time, Level level) {
        add(time, level, 1);
    }

    private void add(long time, Level level, int more) {
        long bucket = time >> shift;
        if (!any) {
            any = true;
            base = bucket;
        }
        while (bucket < base || bucket >= base + BUCKETS) {
            reach(bucket);
            bucket = time >> shift;
        }
        lowest = Math.min(lowest, time);
        highest = Math.max(highest, time);
        counts[(int) (bucket - base) * LEVELS + level.ordinal()] += more;
    }

    /** Makes room for a bucket: moves when that is enough, otherwise doubles the width. */
    private void reach(long bucket) {
        long low = Math.min(lowest >> shift, bucket);
        long high = Math.max(highest >> shift, bucket);
        if (high - low < BUCKETS && high - low >= 0) {
            move(low);
            return;
        }
        int[] old = counts.clone();
        long oldBase = base;
        Arrays.fill(counts, 0);
        shift++;
        base = oldBase >> 1;
        for (int i = 0; i < BUCKETS; i++) {
            int to = (int) ((oldBase + i >> 1) - base);
            for (int level = 0; level < LEVELS; level++) {
                counts[to * LEVELS + level] += old[i * LEVELS + level];
            }
        }
    }

    private void move(long low) {
        int[] old = counts.clone();
        Arrays.fill(counts, 0);
        for (int i = 0; i < BUCKETS; i++) {
            long to = base + i - low;
            if (to >= 0 && to < BUCKETS) {
                System.arraycopy(old, i * LEVELS, counts, (int) to * LEVELS, LEVELS);
            }
        }
        base = low;
    }

    /** The earliest time; later than the {@link #latest} when there is none. */
    long earliest() {
        return lowest;
    }

    /** The latest time. */
    long latest() {
        return highest;
    }

    /** The width of a bucket, in milliseconds. */
    long width() {
        return 1L << shift;
    }

    /**
     * How many lines of a level happened in the buckets that begin in a span.
     *
     * @param from the first millisecond
     * @param to the first millisecond behind
     */
    long count(Level level, long from, long to) {
        long first = Math.max(from + width() - 1 >> shift, base);
        long end = Math.min(to + width() - 1 >> shift, base + BUCKETS);
        long sum = 0;
        for (long bucket = first; bucket < end; bucket++) {
            sum += counts[(int) (bucket - base) * LEVELS + level.ordinal()];
        }
        return sum;
    }

    /** How many lines of a level there are. */
    long count(Level level) {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts[i * LEVELS + level.ordinal()];
        }
        return sum;
    }
}
