package io.tailrace.server.http;

import java.time.Duration;

/** A time that must pass though there is nothing to wait for. */
public final class Pause {

    private Pause() {}

    /** Holds up the calling thread for so long. */
    public static void of(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
