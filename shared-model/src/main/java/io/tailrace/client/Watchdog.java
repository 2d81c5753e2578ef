package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Breaks off what takes too long. Only the time between {@link #guard} and {@link #release} counts:
 * while the receiver of a stream is slow, the gateway is not to blame.
 */
final class Watchdog implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(500);

    private final Pacer pacer;
    private final Thread thread;

    // Guarded by this: the guarded thread sets them, the watchdog's thread looks.
    private @Nullable Runnable alarm;
    private long since;
    private Duration limit = Duration.ZERO;
    private boolean rang;

    Watchdog(Pacer pacer) {
        this.pacer = pacer;
        this.thread = Thread.ofVirtual().name("tailrace-watchdog").start(this::watch);
    }

    /** From now on until {@link #release} the limit runs; when it is over, the alarm is called. */
    synchronized void guard(Duration longest, Runnable whenOver) {
        since = pacer.nanos();
        limit = longest;
        alarm = whenOver;
        rang = false;
    }

    synchronized void release() {
        alarm = null;
    }

    /** Whether the limit was over during the latest guarded time. */
    synchronized boolean rang() {
        return rang;
    }

    /** Ends the watchdog's thread. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                pacer.pause(TICK);
                Runnable due = due();
                if (due != null) {
                    due.run();
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private synchronized @Nullable Runnable due() {
        if (alarm == null || pacer.nanos() - since < limit.toNanos()) {
            return null;
        }
        Runnable due = alarm;
        alarm = null;
        rang = true;
        return due;
    }
}
