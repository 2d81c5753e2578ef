package io.tailrace.publisher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Encoded events in order, and the memory that they take. Guarded by the backlog's lock. */
final class EventQueue {

    /** What an event costs beyond its bytes: the array's header and the place in the queue. */
    private static final int OVERHEAD = 32;

    private final PublisherSettings settings;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private long bytes; // of the queue and of the batch in flight
    private long queueBytes; // of the queue alone, without overhead
    private long oldestAt; // nanoTime when the queue became non-empty
    private long batches;

    EventQueue(PublisherSettings settings) {
        this.settings = settings;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether an event could ever be taken. */
    static boolean possible(byte[] event, PublisherSettings settings) {
        return event.length + OVERHEAD <= settings.memoryBytes();
    }

    /** Whether there is memory for it now. */
    boolean fits(byte[] event) {
        return bytes + event.length + OVERHEAD <= settings.memoryBytes();
    }

    void add(byte[] event) {
        if (queue.isEmpty()) {
            oldestAt = System.nanoTime();
        }
        queue.addLast(event);
        bytes += event.length + OVERHEAD;
        queueBytes += event.length;
    }

    /** How long the oldest waits already, in nanoseconds. */
    long waited() {
        return System.nanoTime() - oldestAt;
    }

    /** Whether there is enough for a whole batch. */
    boolean full() {
        return queue.size() >= settings.batchEvents() || queueBytes >= settings.batchBytes();
    }

    /** Whether half of the memory is taken. */
    boolean crowded() {
        return bytes > settings.memoryBytes() / 2;
    }

    long bytes() {
        return bytes;
    }

    /** What travels together; it still takes its memory. */
    Batch next() {
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
        return new Batch(settings.publisherId() + "-" + ++batches, List.copyOf(events));
    }

    /** Its events are the next ones again. */
    void giveBack(Batch batch) {
        for (byte[] event : batch.events().reversed()) {
            queue.addFirst(event);
            queueBytes += event.length;
        }
    }

    /** It needs no memory any more. */
    void free(Batch batch) {
        batch.events().forEach(event -> bytes -= event.length + OVERHEAD);
    }
}
