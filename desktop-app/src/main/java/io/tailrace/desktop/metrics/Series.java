package io.tailrace.desktop.metrics;

import java.time.Instant;
import java.util.Arrays;

/**
 * The newest values of one measure, one point per second: of the values of a second the last is
 * kept, or their sum. Seconds without a value have no point.
 */
final class Series {

    /** How many points are kept. */
    static final int CAPACITY = 900;

    private static final long SHORTEST_GAP = 5; // seconds
    private static final int SPACING_SAMPLE = 20;

    private final long[] seconds = new long[CAPACITY];
    private final double[] values = new double[CAPACITY];
    private int start;
    private int size;

    /**
     * What there is to say about a time span.
     *
     * @param points how many points it has; the other figures mean nothing without points
     */
    record Summary(int points, double current, double min, double max, double p95) {}

    /** Takes a value; a number that is none leaves a gap. */
    void set(Instant at, double value) {
        put(at.getEpochSecond(), value, false);
    }

    /** Adds to the value of a second. */
    void add(long second, double value) {
        put(second, value, true);
    }

    int size() {
        return size;
    }

    /** The time of a point, 0 being the oldest. */
    long second(int point) {
        return seconds[(start + point) % CAPACITY];
    }

    double value(int point) {
        return values[(start + point) % CAPACITY];
    }

    /** The time of the newest point; there must be one. */
    Instant newest() {
        return Instant.ofEpochSecond(second(size - 1));
    }

    /** The first point at or after a second; the size when there is none. */
    int firstFrom(long second) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (second(middle) < second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Two points further apart than this, in seconds, have a gap between them. */
    long gapAfter() {
        int count = Math.min(SPACING_SAMPLE, size - 1);
        if (count < 1) {
            return SHORTEST_GAP;
        }
        long[] spacings = new long[count];
        for (int i = 0; i < count; i++) {
            spacings[i] = second(size - 1 - i) - second(size - 2 - i);
        }
        Arrays.sort(spacings);
        return Math.max(SHORTEST_GAP, spacings[count / 2] * 4);
    }

    /** What there is to say from a second on. */
    Summary summary(long from) {
        return summary(from, Long.MAX_VALUE);
    }

    /** What there is to say between two seconds, both included. */
    Summary summary(long from, long to) {
        int first = firstFrom(from);
        int end = to == Long.MAX_VALUE ? size : firstFrom(to + 1);
        int count = end - first;
        if (count <= 0) {
            return new Summary(0, 0, 0, 0, 0);
        }
        double[] sorted = new double[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = value(first + i);
        }
        double current = sorted[count - 1];
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(0.95 * count) - 1;
        return new Summary(count, current, sorted[0], sorted[count - 1], sorted[Math.max(0, rank)]);
    }

    /** The point nearest to a second, -1 without points. */
    int nearest(long second) {
        int after = firstFrom(second);
        if (after == size) {
            return size - 1;
        }
        boolean before = after > 0 && second - second(after - 1) < second(after) - second;
        return before ? after - 1 : after;
    }

    private void put(long second, double value, boolean sum) {
        if (!Double.isFinite(value)) {
            return;
        }
        int point = firstFrom(second);
        if (point < size && second(point) == second) {
            int place = (start + point) % CAPACITY;
            values[place] = sum ? values[place] + value : value;
            return;
        }
        if (size == CAPACITY) {
            if (point == 0) {
                return; // older than all that is kept
            }
            start = (start + 1) % CAPACITY;
            size--;
            point--;
        }
        for (int i = size; i > point; i--) { // late values are rare and not very late
            seconds[(start + i) % CAPACITY] = second(i - 1);
            values[(start + i) % CAPACITY] = value(i - 1);
        }
        seconds[(start + point) % CAPACITY] = second;
        values[(start + point) % CAPACITY] = value;
        size++;
    }
}
