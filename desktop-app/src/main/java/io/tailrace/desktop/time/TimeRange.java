package io.tailrace.desktop.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time.
 *
 * @param from its begin
 * @param to its end, later than {@code from}
 */
public record TimeRange(Instant from, Instant to) {

    /** Puts the ends in order; a span is at least a millisecond long. */
    public TimeRange {
        if (to.isBefore(from)) {
            Instant other = from;
            from = to;
            to = other;
        }
        if (!to.isAfter(from)) {
            to = from.plusMillis(1);
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether a time lies in it. */
    public boolean contains(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    /**
     * The same around a time, nearer or farther.
     *
     * @param factor below 1 shows less, above 1 more; the time stays where it is
     */
    public TimeRange zoomed(Instant around, double factor) {
        double before = Duration.between(from, around).toMillis() * factor;
        double after = Duration.between(around, to).toMillis() * factor;
        return new TimeRange(around.minusMillis((long) before), around.plusMillis((long) after));
    }

    /** The same, earlier or later by a share of its length. */
    public TimeRange moved(double share) {
        long by = (long) (length().toMillis() * share);
        return new TimeRange(from.plusMillis(by), to.plusMillis(by));
    }
}
