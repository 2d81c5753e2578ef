package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded events that wait for the gateway, bounded by their memory. Any thread adds; only the
 * sender takes.
 */
final class Backlog {

    private final PublisherSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition settled = lock.newCondition();

    // all below: under the lock
    private final EventQueue queue;
    private final Tally tally = new Tally();
    private int flushing;
    private boolean searching; // the disk, for what a former publisher left
    private boolean gaveUpWaiting; // a wait for room ended without any
    private boolean closing;
    private boolean closed;

    Backlog(PublisherSettings settings) {
        this.settings = settings;
        this.queue = new EventQueue(settings);
        this.searching = settings.spill() != null;
    }

    /** Adds an event or drops it, as the policy says; whether it was added. */
    boolean add(byte[] event, boolean mayWait) {
        lock.lock();
        try {
            if (closed || !awaitRoom(event, mayWait)) {
                tally.drop();
                work.signal(); // the sender reports it
                return false;
            }
            boolean first = queue.isEmpty();
            queue.add(event);
            tally.add();
            if (first || queue.full()) {
                work.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Counts an event that could not be encoded. */
    void countRejected() {
        lock.lock();
        try {
            tally.reject();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom(byte[] event, boolean mayWait) {
        if (!EventQueue.possible(event, settings)) {
            return false;
        }
        if (queue.fits(event)) {
            return true;
        }
        return switch (settings.whenFull()) {
            case WhenFull.DropAndReport _ -> false;
            case WhenFull.Block block -> mayWait && !gaveUpWaiting && block(event, block.atMost());
        };
    }

    private boolean block(byte[] event, Duration atMost) {
        long left = atMost.toNanos();
        try {
            while (!queue.fits(event)) {
                if (left <= 0) {
                    gaveUpWaiting = true;
                }
                if (left <= 0 || closed || gaveUpWaiting) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pipeline is being stopped: do not hold it up
            return false;
        }
    }

    /**
     * The next batch, or null when there are drops to report first or the backlog was closed. Waits
     * until there is something to do.
     */
    @Nullable Batch take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (tally.dropsToTell() || closed) {
                    return null;
                }
                if (queue.isEmpty()) {
                    work.await();
                } else {
                    long left = settings.linger().toNanos() - queue.waited();
                    if (left <= 0 || queue.full() || flushing > 0 || closing) {
                        return queue.next();
                    }
                    work.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a batch would be made of now; null when nothing waits. Does not wait. */
    @Nullable Batch poll() {
        lock.lock();
        try {
            return queue.isEmpty() ? null : queue.next();
        } finally {
            lock.unlock();
        }
    }

    /** It was not moved after all: its events are the next ones again. */
    void giveBack(Batch batch) {
        lock.lock();
        try {
            queue.giveBack(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Whether half of the memory is taken. */
    boolean crowded() {
        lock.lock();
        try {
            return queue.crowded();
        } finally {
            lock.unlock();
        }
    }

    /** A batch lies on disk now and needs no memory. */
    void spilled(Batch batch) {
        lock.lock();
        try {
            free(batch);
            tally.spill(batch.events().size());
        } finally {
            lock.unlock();
        }
    }

    /** Events were found on disk that a former publisher left. */
    void found(long events) {
        lock.lock();
        try {
            searching = false;
            tally.find(events);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Events that lie on disk cannot be read. */
    void lose(long events) {
        lock.lock();
        try {
            tally.lose(events);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void free(Batch batch) {
        queue.free(batch);
        gaveUpWaiting = false;
        room.signalAll();
    }

    /**
     * The batch's events need not be kept any longer.
     *
     * @param disk whether it lies on disk
     */
    void settle(Batch batch, boolean disk, long accepted, long refused) {
        lock.lock();
        try {
            if (!disk) {
                free(batch);
            }
            tally.settle(accepted, refused, disk ? batch.events().size() : 0);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many were dropped since the last call. */
    long droppedSinceTold() {
        lock.lock();
        try {
            return tally.droppedSinceTold();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets time pass between two tries; ends early for news of drops and when closing begins.
     *
     * @return how much of the time is left
     */
    Duration pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            boolean wasClosing = closing;
            while (left > 0 && !closed && closing == wasClosing && !tally.dropsToTell()) {
                left = work.awaitNanos(left);
            }
            boolean interrupted = closed || closing != wasClosing;
            return interrupted || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was added before is settled; whether that happened in time. */
    boolean flush(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            flushing++;
            work.signal();
            long left = atMost.toNanos();
            while (searching && left > 0 && !closed) {
                left = settled.awaitNanos(left);
            }
            long goal = tally.added();
            while (tally.settled() < goal && left > 0 && !closed) {
                left = settled.awaitNanos(left);
            }
            return !searching && tally.settled() >= goal;
        } finally {
            flushing--;
            lock.unlock();
        }
    }

    /** The rest goes out at once, without lingering or finishing a wait between tries. */
    void hurry() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is added, waited for or taken any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether closing has begun. */
    boolean closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    PublisherStats stats() {
        lock.lock();
        try {
            return tally.stats(queue.bytes());
        } finally {
            lock.unlock();
        }
    }
}
