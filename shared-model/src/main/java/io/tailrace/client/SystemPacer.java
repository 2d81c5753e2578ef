package io.tailrace.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Real time. */
final class SystemPacer implements Pacer {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(time));
    }
}
