package io.tailrace.server.eventlog;

import java.time.Duration;

/**
 * How long answers are remembered by idempotency key.
 *
 * @param keep how long, from the append
 * @param most how many at most; the oldest go first
 */
public record ReceiptLimits(Duration keep, long most) {

    /** One day, a million answers. */
    public static final ReceiptLimits DEFAULT = new ReceiptLimits(Duration.ofHours(24), 1_000_000);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException with a sentence that says what they must be
     */
    public ReceiptLimits {
        if (keep.isNegative() || keep.compareTo(Duration.ofDays(3650)) > 0 || most < 0) {
            throw new IllegalArgumentException(
                    "Receipts are kept between 0 and 3650 days, and their number is not negative.");
        }
    }

    /** Whether an answer of that time is still remembered; both in milliseconds since 1970. */
    boolean keeps(long created, long now) {
        return now - created < keep.toMillis();
    }
}
