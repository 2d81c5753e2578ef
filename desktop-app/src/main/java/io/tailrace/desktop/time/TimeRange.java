package io.tailrace.desktop.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time, in milliseconds of the epoch, so that millions of lines can be tried against it.
 * An end that is the least or the largest number there is is open.
 *
 * @param from the earliest time in it
 * @param to the latest time in it
 */
public record TimeRange(long from, long to) {

    /** All times. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    /** Brings the ends into order. */
    public TimeRange {
        if (from > to) {
            long late = from;
            from = to;
            to = late;
        }
    }

    /** Between two times in any order; at least a millisecond long. */
    public static TimeRange between(Instant one, Instant other) {
        long from = one.toEpochMilli();
        long to = other.toEpochMilli();
        return new TimeRange(from, from == to ? to + 1 : to);
    }

    /** Its begin; the first year for an open one, so that it can be reckoned with. */
    public Instant begin() {
        return Instant.ofEpochMilli(Math.clamp(from, FIRST, LAST));
    }

    /** Its end; the year 9999 for an open one. */
    public Instant end() {
        return Instant.ofEpochMilli(Math.clamp(to, FIRST, LAST));
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(begin(), end());
    }

    /** Whether a time is in it. */
    public boolean contains(long time) {
        return time >= from && time <= to;
    }

    /** Whether a time is in it. */
    public boolean contains(Instant time) {
        return contains(time.toEpochMilli());
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return from == Long.MIN_VALUE && to == Long.MAX_VALUE;
    }

    /** Whether something that lasted from one time to another lies in it, at least in part. */
    public boolean overlaps(Instant start, Instant end) {
        return start.toEpochMilli() <= to && end.toEpochMilli() >= from;
    }

    /** What of it lies between two times. */
    public TimeRange within(Instant start, Instant end) {
        long first = start.toEpochMilli();
        long last = Math.max(first, end.toEpochMilli());
        return new TimeRange(Math.clamp(from, first, last), Math.clamp(to, first, last));
    }

    /**
     * The same around a time, nearer or farther.
     *
     * @param factor below 1 shows less, above 1 more; the time stays where it is
     */
    public TimeRange zoomed(Instant around, double factor) {
        double before = Duration.between(begin(), around).toMillis() * factor;
        double after = Duration.between(around, end()).toMillis() * factor;
        return between(around.minusMillis((long) before), around.plusMillis((long) after));
    }

    /** The same, earlier or later by a share of its length. */
    public TimeRange moved(double share) {
        long by = (long) (length().toMillis() * share);
        return between(begin().plusMillis(by), end().plusMillis(by));
    }
}
