package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What other threads may do to the connection's thread: hurry it, give it something new to ask for,
 * end it. Thread-safe.
 */
final class Lifeline {

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final Pacer pacer;

    // Guarded by this: what other threads may end or hurry.
    private @Nullable Thread thread;
    private @Nullable HttpTry current;
    private boolean waiting;
    private boolean hurry;
    private boolean refreshed;
    private boolean closed;

    Lifeline(Pacer pacer) {
        this.pacer = pacer;
    }

    synchronized void start(Runnable run) {
        if (thread != null || closed) {
            throw new IllegalStateException("A root connection is started once.");
        }
        thread = Thread.ofPlatform().daemon().name("tailrace-connection").start(run);
    }

    /** Ends a wait and gives up the try that is under way; the next one begins afresh. */
    synchronized void hurry() {
        hurry = true;
        if (waiting && thread != null) {
            thread.interrupt();
        }
        if (current != null) {
            current.cancel();
        }
    }

    /** Gives up the page that is under way: another one is to be asked for. */
    synchronized void refresh() {
        if (current != null) {
            refreshed = true;
            current.cancel();
        }
    }

    /** Ends the connection and waits for its thread, unless it is the one that calls. */
    void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
            if (running != null) {
                running.interrupt();
            }
            if (current != null) {
                current.cancel();
            }
        }
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        try {
            running.join(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection's thread begins a try. */
    synchronized void begins(HttpTry next) {
        hurry = false;
        refreshed = false;
        current = next;
    }

    /** The connection's thread has ended its try. */
    void ends(HttpTry last) {
        synchronized (this) {
            current = null;
        }
        last.cancel();
    }

    /** Waits, unless somebody is in a hurry; may only be interrupted here and by close. */
    void await(Duration time) {
        synchronized (this) {
            if (hurry || closed) {
                return;
            }
            waiting = true;
        }
        try {
            pacer.pause(time);
        } catch (InterruptedException e) {
            // in a hurry, or closed: the caller looks
        } finally {
            synchronized (this) {
                waiting = false;
                if (!closed) {
                    // one that came too late must not end the next try
                    boolean _ = Thread.interrupted();
                }
            }
        }
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized boolean hurried() {
        return hurry;
    }

    synchronized boolean refreshed() {
        return refreshed;
    }
}
