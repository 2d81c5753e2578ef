package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What was received and not yet shown, in order, bounded by count and by bytes.
 *
 * <p>When it is full, {@link #put} waits: the reader thread stops reading, TCP holds the gateway
 * back, and the gateway's subscription lags in its log. Nothing is dropped and nothing grows.
 *
 * <p>Any thread may put; one thread drains.
 */
public final class Inbox {

    private final int maxItems;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // guarded by lock
    private final ArrayDeque<Waiting> items = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private volatile Runnable arrived = () -> {};

    private record Waiting(StreamItem item, int bytes) {}

    /**
     * An empty inbox.
     *
     * @param maxItems how many items wait at most
     * @param maxBytes how many bytes they have at most; one larger item is let in alone
     */
    public Inbox(int maxItems, long maxBytes) {
        if (maxItems < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("An inbox holds at least one item and one byte.");
        }
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds an item, waiting for room as long as it takes.
     *
     * <p>After {@link #close} items are not wanted any more and are passed over. The same holds
     * when the waiting thread is interrupted: its interrupt flag stays set, so that the reader sees
     * that it is to end.
     */
    public void put(StreamItem item) {
        int size = Weight.of(item);
        boolean taken = false;
        lock.lock();
        try {
            while (!closed && full(size)) {
                room.await();
            }
            if (!closed) {
                items.addLast(new Waiting(item, size));
                bytes += size;
                taken = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (taken) {
            arrived.run();
        }
    }

    /** Called by whoever puts something in, when it is in; it must return at once. */
    void onArrival(Runnable action) {
        arrived = action;
    }

    /**
     * Takes the oldest items in order and gives them on, outside the lock.
     *
     * @param max how many at most
     * @return how many there were
     */
    public int drain(int max, Consumer<? super StreamItem> receiver) {
        StreamItem[] taken;
        lock.lock();
        try {
            taken = new StreamItem[Math.min(max, items.size())];
            for (int i = 0; i < taken.length; i++) {
                Waiting next = items.removeFirst();
                taken[i] = next.item();
                bytes -= next.bytes();
            }
            if (taken.length > 0) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
        for (StreamItem item : taken) {
            receiver.accept(item);
        }
        return taken.length;
    }

    /** How many items wait. */
    public int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes wait, roughly: text is counted, objects are estimated. */
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and lets every waiting thread go on. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            items.clear();
            bytes = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean full(int size) {
        return !items.isEmpty() && (items.size() >= maxItems || bytes + size > maxBytes);
    }
}
