package io.tailrace.server.eventlog;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of each channel is kept; the tightest bound decides.
 *
 * @param age entries received longer ago than this go
 * @param bytes the most bytes of JSON per channel
 * @param count the most entries per channel
 */
public record Retention(Duration age, long bytes, long count) {

    /** Keeps everything. */
    public static final Retention UNLIMITED =
            new Retention(Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException with a sentence that says what they must be
     */
    public Retention {
        if (age.isNegative() || bytes < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "Retention needs an age, a number of bytes and a number of entries that are not"
                            + " negative.");
        }
    }

    /** Entries received before this go, in milliseconds since 1970. */
    long oldestReceived(Instant now) {
        try {
            return Math.subtractExact(now.toEpochMilli(), age.toMillis());
        } catch (ArithmeticException e) {
            return Long.MIN_VALUE; // longer than time can be counted: none is too old
        }
    }
}
