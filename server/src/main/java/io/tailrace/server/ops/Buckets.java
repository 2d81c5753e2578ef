package io.tailrace.server.ops;

import java.time.Duration;
import java.util.stream.LongStream;

/** The bounds of histograms of time. */
final class Buckets {

    private Buckets() {}

    /** From a millisecond to five seconds; a new array each time. */
    static Duration[] millis() {
        return LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
    }
}
