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
    private long lost; // were on disk, and could not be read
    private long onDisk;
    private long batches;
    private int flushing;
    private boolean searching; // the disk, for what a former publisher left
    private boolean gaveUpWaiting; // a wait for room ended without any
    private boolean closing;
    private boolean closed;

    Backlog(PublisherSettings settings) {
        this.settings = settings;
        this.searching = settings.spill() != null;
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

    /** What a batch would be made of now; null when nothing waits. Does not wait. */
    @Nullable Batch poll() {
        lock.lock();
        try {
            return queue.isEmpty() ? null : next();
        } finally {
            lock.unlock();
        }
    }

    /** It was not moved after all: its events are the next ones again. */
    void giveBack(Batch batch) {
        lock.lock();
        try {
            for (byte[] event : batch.events().reversed()) {
                queue.addFirst(event);
                queueBytes += event.length;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether half of the memory is taken. */
    boolean crowded() {
        lock.lock();
        try {
            return bytes > settings.memoryBytes() / 2;
        } finally {
            lock.unlock();
        }
    }

    /** A batch lies on disk now and needs no memory. */
    void spilled(Batch batch) {
        lock.lock();
        try {
            free(batch);
            onDisk += batch.events().size();
        } finally {
            lock.unlock();
        }
    }

    /** Events were found on disk that a former publisher left. */
    void found(long events) {
        lock.lock();
        try {
            searching = false;
            added += events;
            onDisk += events;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Events that lie on disk cannot be read. */
    void lose(long events) {
        lock.lock();
        try {
            onDisk -= events;
            lost += events;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void free(Batch batch) {
        batch.events().forEach(e -> bytes -= e.length + OVERHEAD);
        gaveUpWaiting = false;
        room.signalAll();
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
        String key = settings.publisherId() + "-" + ++batches;
        return new Batch(key, List.copyOf(events));
    }

    /**
     * The batch's events need not be kept any longer.
     *
     * @param disk whether it lies on disk
     */
    void settle(Batch batch, boolean disk, long accepted, long refused) {
        lock.lock();
        try {
            if (disk) {
                onDisk -= batch.events().size();
            } else {
                free(batch);
            }
            acknowledged += accepted;
            rejected += refused;
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
            long left = atMost.toNanos();
            while (searching && left > 0 && !closed) {
                left = settled.awaitNanos(left);
            }
            long goal = added;
            while (acknowledged + rejected + lost < goal && left > 0 && !closed) {
                left = settled.awaitNanos(left);
            }
            return !searching && acknowledged + rejected + lost >= goal;
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
            long queued = added - acknowledged - rejected - lost;
            return new PublisherStats(
                    queued, acknowledged, rejected, dropped + lost, bytes, onDisk);
        } finally {
            lock.unlock();
        }
    }
}
