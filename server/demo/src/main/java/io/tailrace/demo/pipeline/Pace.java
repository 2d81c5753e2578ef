package io.tailrace.demo.pipeline;

import java.time.Duration;

/** A rate limiter as real ETL jobs have, so as not to starve the machine they share. */
final class Pace {

    private final long interval; // nanoseconds between two pieces of work, 0 for no limit
    private long next = System.nanoTime(); // under this: when the next piece may begin

    /**
     * A limit.
     *
     * @param perSecond the most pieces of work a second, 0 for no limit
     */
    Pace(double perSecond) {
        this.interval = perSecond <= 0 ? 0 : (long) (1e9 / perSecond);
    }

    /** Takes the next turn: how long to wait for it. Time that nobody used is not saved up. */
    synchronized Duration turn() {
        long now = System.nanoTime();
        long begin = Math.max(next, now);
        next = begin + interval;
        return Duration.ofNanos(begin - now);
    }
}
