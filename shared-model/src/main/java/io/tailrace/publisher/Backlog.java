package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded events that wait for the gateway, bounded by their memory. Any thread adds; only the
 * sender takes.
 */
final class Backlog {

    /** What an event costs beyond its bytes: the array's header and the place in the queue. */
    private static final int OVERHEAD = 32;

    private final PublisherSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition settled = lock.newCondition();

    // all below: under the lock
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private long bytes; // of the queue and of the batch in flight
    private long queueBytes; // of the queue alone, without overhead
    private long oldestAt; // nanoTime when the queue became non-empty
    private long added;
    private long acknowledged;
    private long rejected;
    private long dropped;
    private long droppedTold;
    private long batches;
    private int flushing;
    private boolean gaveUpWaiting; // a wait for room ended without any
    private boolean closing;
    private boolean closed;

    Backlog(PublisherSettings settings) {
        this.settings = settings;
    }

    /** Adds an event or drops it, as the policy says; whether it was added. */
    boolean add(byte[] event, boolean mayWait) {
        lock.lock();
        try {
            if (closed || !awaitRoom(event.length + OVERHEAD, mayWait)) {
                dropped++;
                work.signal(); // the sender reports it
                return false;
            }
            if (queue.isEmpty()) {
                oldestAt = System.nanoTime();
                work.signal();
            }
            queue.addLast(event);
            bytes += event.length + OVERHEAD;
            queueBytes += event.length;
            added++;
            if (full()) {
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
            added++;
            rejected++;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom(int size, boolean mayWait) {
        if (size > settings.memoryBytes()) {
            return false;
        }
        if (bytes + size <= settings.memoryBytes()) {
            return true;
        }
        return switch (settings.whenFull()) {
            case WhenFull.DropAndReport _ -> false;
            case WhenFull.Block block -> mayWait && !gaveUpWaiting && block(size, block.atMost());
        };
    }

    private boolean block(int size, Duration atMost) {
        long left = atMost.toNanos();
        try {
            while (bytes + size > settings.memoryBytes()) {
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
                if (dropped > droppedTold || closed) {
                    return null;
                }
                if (queue.isEmpty()) {
                    work.await();
                } else {
                    long left = settings.linger().toNanos() - (System.nanoTime() - oldestAt);
                    if (left <= 0 || full() || flushing > 0 || closing) {
                        return next();
                    }
                    work.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return queue.size() >= settings.batchEvents() || queueBytes >= settings.batchBytes();
    }

    private Batch next() {
        List<byte[]> events = new ArrayList<>();
        long size = 0;
        while (!queue.isEmpty() && events.size() < settings.batchEvents()) {
            int length = queue.getFirst().length + 1;
            if (!events.isEmpty() && size + length > settings.batchBytes()) {
                break;
            }
            size += length;
            queueBytes -= length - 1;
            events.add(queue.removeFirst());
        }
        // what stays behind has waited already and does not linger again
        return new Batch(++batches, List.copyOf(events));
    }

    /** The batch's events need not be kept any longer. */
    void settle(Batch batch, long accepted, long refused) {
        lock.lock();
        try {
            batch.events().forEach(e -> bytes -= e.length + OVERHEAD);
            acknowledged += accepted;
            rejected += refused;
            gaveUpWaiting = false;
            room.signalAll();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many were dropped since the last call. */
    long droppedSinceTold() {
        lock.lock();
        try {
            long news = dropped - droppedTold;
            droppedTold = dropped;
            return news;
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
            while (left > 0 && !closed && closing == wasClosing && dropped == droppedTold) {
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
            long goal = added;
            long left = atMost.toNanos();
            while (acknowledged + rejected < goal && left > 0 && !closed) {
                left = settled.awaitNanos(left);
            }
            return acknowledged + rejected >= goal;
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
            long queued = added - acknowledged - rejected;
            return new PublisherStats(queued, acknowledged, rejected, dropped, bytes);
        } finally {
            lock.unlock();
        }
    }
}
