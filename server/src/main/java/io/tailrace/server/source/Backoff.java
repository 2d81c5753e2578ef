package io.tailrace.server.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: twice as long each time, with a
 * random part so that many do not come back together.
 *
 * @param first the first wait
 * @param longest the longest one while it is still tried often
 * @param patience after so many failures in a row it is tried only now and then
 * @param suspended how long it then waits
 */
record Backoff(Duration first, Duration longest, int patience, Duration suspended) {

    static final Backoff STANDARD =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 10, Duration.ofMinutes(5));

    boolean suspends(int failures) {
        return failures >= patience;
    }

    /**
     * The next wait.
     *
     * @param failures in a row, from 1
     */
    Duration after(int failures, RandomGenerator random) {
        Duration most = suspends(failures) ? suspended : doubled(failures);
        long half = most.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    private Duration doubled(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(20, failures - 1));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
