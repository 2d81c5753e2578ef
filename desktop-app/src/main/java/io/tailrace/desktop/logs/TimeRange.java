package io.tailrace.desktop.logs;

/**
 * Which times are shown, in milliseconds of the epoch.
 *
 * @param from the earliest
 * @param to the latest
 */
public record TimeRange(long from, long to) {

    /** All times. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Brings the ends into order. */
    public TimeRange {
        if (from > to) {
            long late = from;
            from = to;
            to = late;
        }
    }

    /** Whether a time is in it. */
    public boolean contains(long time) {
        return time >= from && time <= to;
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return equals(ALL);
    }
}
