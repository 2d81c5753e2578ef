package io.tailrace.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from a base up to a limit. Immutable; each step is
 * a new value.
 *
 * @param base the first wait
 * @param max no wait is longer, unless the base is
 * @param failures how many tries have failed in a row
 */
public record Backoff(Duration base, Duration max, int failures) {

    /** The longest base that a gateway may ask for. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** 1, 2, 4, 8, 16, 30, 30, … seconds. */
    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0);
    }

    /** The wait after this many failures: a random part of it, at least half. */
    public Duration delay(RandomGenerator random) {
        return whole().multipliedBy(500 + random.nextInt(501)).dividedBy(1_000);
    }

    /** After one more failure. */
    public Backoff next() {
        return new Backoff(base, max, Math.min(failures + 1, 30));
    }

    /** After a success. */
    public Backoff reset() {
        return new Backoff(base, max, 0);
    }

    /** With another base, as the gateway wishes. */
    public Backoff withBase(Duration wish) {
        return new Backoff(wish.compareTo(LONGEST) > 0 ? LONGEST : wish, max, failures);
    }

    private Duration whole() {
        Duration limit = base.compareTo(max) > 0 ? base : max;
        Duration doubled = base.multipliedBy(1L << Math.min(failures, 30));
        return doubled.compareTo(limit) > 0 ? limit : doubled;
    }
}
