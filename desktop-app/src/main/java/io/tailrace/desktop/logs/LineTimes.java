package io.tailrace.desktop.logs;

import io.tailrace.model.Level;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How many lines of each level happened when: counts in buckets of one width, which doubles
 * whenever the times need more buckets than there are. One thread.
 */
final class LineTimes {

    /** The most buckets. */
    static final int BUCKETS = 2048;

    private final Map<Level, int[]> counts = new EnumMap<>(Level.class);
    private int shift; // a bucket is 1 << shift milliseconds
    private long base; // the number of the first bucket
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;
    private boolean any;
    private long total;

    LineTimes() {
        for (Level level : Level.values()) {
            counts.put(level, new int[BUCKETS]);
        }
    }

    private int[] of(Level level) {
        return Objects.requireNonNull(counts.get(level));
    }

    /** Counts a line. */
    void add(long time, Level level) {
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
        of(level)[(int) (bucket - base)]++;
        total++;
    }

    /** How many lines were counted; what stands between them is no line. */
    long total() {
        return total;
    }

    /** Makes room for a bucket: moves when that is enough, otherwise doubles the width. */
    private void reach(long bucket) {
        long low = Math.min(lowest >> shift, bucket);
        long high = Math.max(highest >> shift, bucket);
        if (high - low < BUCKETS && high - low >= 0) {
            move(low);
            return;
        }
        long oldBase = base;
        shift++;
        base = oldBase >> 1;
        for (int[] its : counts.values()) {
            int[] old = its.clone();
            Arrays.fill(its, 0);
            for (int i = 0; i < BUCKETS; i++) {
                its[(int) (((oldBase + i) >> 1) - base)] += old[i];
            }
        }
    }

    private void move(long low) {
        for (int[] its : counts.values()) {
            int[] old = its.clone();
            Arrays.fill(its, 0);
            for (int i = 0; i < BUCKETS; i++) {
                long to = base + i - low;
                if (to >= 0 && to < BUCKETS) {
                    its[(int) to] = old[i];
                }
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
        long first = Math.max((from + width() - 1) >> shift, base);
        long end = Math.min((to + width() - 1) >> shift, base + BUCKETS);
        long sum = 0;
        for (long bucket = first; bucket < end; bucket++) {
            sum += of(level)[(int) (bucket - base)];
        }
        return sum;
    }
}
