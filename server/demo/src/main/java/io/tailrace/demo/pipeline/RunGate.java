package io.tailrace.demo.pipeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where the threads of a run meet commands: every task passes here between two pieces of work. */
final class RunGate {

    /** The run was cancelled; ends whatever task meets it. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledException(String reason) {
            super(reason, null, false, false);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean paused; // under the lock
    private @Nullable String cancelled; // under the lock: why

    /**
     * Goes on at once, or when the run is resumed.
     *
     * @throws CancelledException when the run was cancelled
     */
    void pass() throws InterruptedException {
        sleep(Duration.ZERO);
    }

    /**
     * Lets time pass; a pause makes it longer.
     *
     * @throws CancelledException as soon as the run is cancelled
     */
    void sleep(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (cancelled == null && (paused || left > 0)) {
                if (paused) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            if (cancelled != null) {
                throw new CancelledException(cancelled);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run soon. */
    void cancel(String reason) {
        lock.lock();
        try {
            cancelled = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Holds the run, or lets it go on; whether that changed anything. */
    boolean pause(boolean hold) {
        lock.lock();
        try {
            boolean news = paused != hold && cancelled == null;
            paused = hold;
            changed.signalAll();
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** Why the run was cancelled, or null. */
    @Nullable String cancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }
}
