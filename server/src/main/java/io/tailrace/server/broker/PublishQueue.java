package io.tailrace.server.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, bounded by bytes and entries. When it is full, a publisher waits, and
 * is refused after a while.
 */
final class PublishQueue {

    private static final long GROUP_BYTES = 8L << 20;
    private static final int GROUP_ENTRIES = 50_000;

    private final BrokerOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();

    // Guarded by lock.
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private long bytes;
    private int entries;
    private boolean closed;

    PublishQueue(BrokerOptions options) {
        this.options = options;
    }

    /**
     * Adds at the end; waits for room.
     *
     * @throws BrokerException when there is none in time, or no more is taken
     */
    void put(Pending pending) {
        long nanos = options.queueWait().toNanos();
        lock.lock();
        try {
            while (!closed && !fits(pending)) {
                if (nanos <= 0) {
                    throw new BrokerException(
                            "The gateway is busy: %d entries wait to be stored. Send again later."
                                    .formatted(entries));
                }
                nanos = room.awaitNanos(nanos);
            }
            if (closed) {
                throw new BrokerException("The gateway is stopping. Send again later.");
            }
            waiting.add(pending);
            bytes += pending.bytes;
            entries += pending.entries.size();
            work.signal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(
                    "The gateway stopped before the events were stored. Send again.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Something larger than the whole queue may pass when it is alone. */
    private boolean fits(Pending pending) {
        return waiting.isEmpty()
                || (bytes + pending.bytes <= options.queueBytes()
                        && entries + pending.entries.size() <= options.queueEntries());
    }

    /** What waits, as much as one append should take; empty when closed and drained. */
    List<Pending> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            List<Pending> group = new ArrayList<>();
            long groupBytes = 0;
            int groupEntries = 0;
            while (!waiting.isEmpty() && groupBytes < GROUP_BYTES && groupEntries < GROUP_ENTRIES) {
                Pending next = waiting.removeFirst();
                group.add(next);
                groupBytes += next.bytes;
                groupEntries += next.entries.size();
            }
            bytes -= groupBytes;
            entries -= groupEntries;
            room.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** How many entries wait. */
    int backlog() {
        lock.lock();
        try {
            return entries;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
