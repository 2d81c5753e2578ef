package io.tailrace.server.stream;

import io.tailrace.server.http.Pause;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Has open streams notice whether their readers went away, for all who ask together: one at a time,
 * and at most one a second, however many ask.
 *
 * <p>It writes twice, for a reader that went away answers only the first write by saying so, and
 * the second one fails. Reading instead would not do: nobody may read from a connection without
 * taking bytes of the next request, and one that sends no more may well go on reading. A reader
 * behind a network that answers nothing cannot be told from one that is slow. Thread-safe.
 */
final class Sweep {

    private static final System.Logger LOGGER = System.getLogger(Sweep.class.getName());

    // For the answer of a reader's machine.
    private static final Duration ANSWER = Duration.ofMillis(150);
    private static final Duration REST = Duration.ofSeconds(1).minus(ANSWER);

    private final Runnable write;
    private final BooleanSupplier needed;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * Asked for nothing yet.
     *
     * @param write writes something to the streams; called on a thread of the sweep
     * @param needed whether somebody waits for what it finds
     */
    Sweep(Runnable write, BooleanSupplier needed) {
        this.write = write;
        this.needed = needed;
    }

    /** Begins now, or as soon as one may begin again if somebody still waits then. */
    void ask() {
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("sweep").start(this::run);
        }
    }

    private void run() {
        try {
            twice();
            Pause.of(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(false);
            if (needed.getAsBoolean()) { // whoever came before this asked in vain
                ask();
            }
        }
    }

    private void twice() throws InterruptedException {
        try {
            write.run();
            Pause.of(ANSWER);
            write.run();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Vanished readers could not be looked for.", e);
        }
    }
}
