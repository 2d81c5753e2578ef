package io.tailrace.server.ingest;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Hands events from the thread that reads a body to one that publishes them, so that lines of a
 * live pipe are stored as they arrive and a fast body is read while the last part is being stored.
 *
 * <p>Four blocks may wait; then the reader waits, and TCP slows the publisher down. One thread puts
 * and finishes; the publishing thread ends with it.
 */
final class Pipe implements AutoCloseable {

    private static final List<Event.Published> END = List.of();

    private final Broker broker;
    private final PublishTracer.Trace trace;
    private final BlockingQueue<List<Event.Published>> blocks = new ArrayBlockingQueue<>(4);
    private final Thread publishing;

    // Written by the publishing thread.
    private volatile @Nullable RuntimeException failure;
    private volatile long accepted;
    private volatile @Nullable Cursor cursor;

    Pipe(Broker broker, PublishTracer.Trace trace) {
        this.broker = broker;
        this.trace = trace;
        this.publishing = Thread.ofVirtual().name("ingest-publish").start(this::publish);
    }

    /**
     * Hands a block over; waits while too many wait.
     *
     * @throws RuntimeException the broker's, when an earlier block was not stored
     */
    void put(List<Event.Published> block) throws InterruptedException {
        check();
        if (!block.isEmpty()) {
            blocks.put(block);
        }
    }

    /** Waits until everything is stored; throws like {@link #put}. */
    void finish() throws InterruptedException {
        blocks.put(END);
        publishing.join();
        check();
    }

    /** How many events are durable. */
    long accepted() {
        return accepted;
    }

    /** The last durable event. */
    @Nullable Cursor cursor() {
        return cursor;
    }

    private void check() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void publish() {
        List<List<Event.Published>> taken = new ArrayList<>();
        boolean ended = false;
        try {
            while (!ended) {
                taken.clear();
                taken.add(blocks.take());
                blocks.drainTo(taken);
                ended = taken.remove(END);
                store(taken.stream().flatMap(List::stream).toList());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits for more
        }
    }

    /** After a failure nothing more is stored: the reply says up to where everything was. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void store(List<Event.Published> events) {
        if (failure != null || events.isEmpty()) {
            return;
        }
        try {
            long begin = System.nanoTime();
            Cursor last = broker.publish(events);
            cursor = last;
            accepted += events.size();
            trace.appended(last.position(), events.size(), begin);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Ends the publishing thread; what was handed over is stored first when there is time. */
    @Override
    public void close() {
        if (!blocks.offer(END)) {
            publishing.interrupt();
        }
    }
}
