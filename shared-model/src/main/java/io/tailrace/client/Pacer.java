package io.tailrace.client;

import java.time.Duration;
import java.time.Instant;

/** Time as a part that can be replaced: real outside of tests, moved by hand in them. */
public interface Pacer {

    /** This machine's clock. */
    Instant now();

    /** A clock that never jumps, in nanoseconds from any point. */
    long nanos();

    /**
     * Waits.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void pause(Duration time) throws InterruptedException;

    /** Real time. */
    static Pacer system() {
        return new SystemPacer();
    }
}
