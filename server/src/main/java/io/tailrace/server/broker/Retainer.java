package io.tailrace.server.broker;

import io.tailrace.server.eventlog.Retention;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Removes now and then what retention no longer allows, on a thread of its own. */
public final class Retainer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Retainer.class.getName());

    private final Broker broker;
    private final Retention retention;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("retention").factory());

    /** Begins after one period. */
    public Retainer(Broker broker, Retention retention, Duration period) {
        this.broker = broker;
        this.retention = retention;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::trim, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void trim() {
        try {
            broker.trim(retention);
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Old entries could not be removed: " + e.getMessage());
        }
    }

    /** Waits for a trim that is going on. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOGGER.log(System.Logger.Level.WARNING, "A trim of the log still runs.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
