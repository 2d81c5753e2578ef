package io.tailrace.server.otlp;

import java.time.Instant;

/** Nanoseconds since 1970, as OTLP tells times. */
final class Times {

    private static final long SECOND = 1_000_000_000;

    private Times() {}

    static Instant instant(long nanos) {
        return nanos >= 0
                ? Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND)
                : Instant.ofEpochSecond(
                        Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND));
    }

    /** A time that is not known is another one. */
    static Instant instant(long nanos, Instant otherwise) {
        return nanos == 0 ? otherwise : instant(nanos);
    }
}
