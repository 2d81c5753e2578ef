package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How much of each channel is kept; the tightest bound decides.
 *
 * @param age entries received longer ago than this go
 * @param bytes the most bytes of JSON per channel
 * @param count the most entries per channel
 * @param newestOnly channels of which only the newest entry is kept
 */
public record Retention(Duration age, long bytes, long count, Set<Channel> newestOnly) {

    /** Keeps everything. */
    public static final Retention UNLIMITED =
            new Retention(Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, Long.MAX_VALUE);

    /** The same for all channels. */
    public Retention(Duration age, long bytes, long count) {
        this(age, bytes, count, Set.of());
    }

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
        newestOnly = Set.copyOf(newestOnly);
    }

    /** The most entries of that channel. */
    long count(Channel channel) {
        return newestOnly.contains(channel) ? Math.min(1, count) : count;
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
