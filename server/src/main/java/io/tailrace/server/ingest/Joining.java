package io.tailrace.server.ingest;

import io.tailrace.model.Event;
import io.tailrace.server.http.Pause;
import io.tailrace.server.lines.TraceJoiner;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the events of a body into blocks, and joins stack traces where lines are recognised. A
 * line that a trace may follow is held back until the next one comes, or for a quarter of a second:
 * then a thread of its own hands it over, for the request's thread waits for bytes.
 */
final class Joining {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final BodyParser.Delivery delivery;
    private final @Nullable TraceJoiner joiner;

    // Guarded by this.
    private List<Event.Published> block = new ArrayList<>();
    private long taken; // counts what came, to see whether nothing did
    private boolean watched;

    /**
     * Hands blocks over.
     *
     * @param joins whether lines of text are joined
     */
    Joining(BodyParser.Delivery delivery, boolean joins) {
        this.delivery = delivery;
        this.joiner = joins ? new TraceJoiner(line -> block.add(line)) : null;
    }

    /** An event by itself. */
    synchronized void add(Event.Published event) {
        if (joiner != null) {
            taken++;
            joiner.flush();
        }
        block.add(event);
    }

    /** A line of text. */
    synchronized void add(Event.Log line, boolean levelled) {
        if (joiner == null) {
            block.add(line);
        } else {
            taken++;
            joiner.take(line, levelled);
        }
    }

    /** Hands over what is complete; the rest follows soon, when nothing else comes. */
    synchronized void flush() throws InterruptedException {
        if (!block.isEmpty()) {
            List<Event.Published> full = block;
            block = new ArrayList<>();
            delivery.deliver(full);
        }
        if (joiner != null && joiner.holds() && !watched) {
            watched = true;
            Thread.ofVirtual().name("ingest-joining").start(this::watch);
        }
    }

    /** Nothing more comes. */
    synchronized void end() throws InterruptedException {
        if (joiner != null) {
            joiner.flush();
        }
        flush();
    }

    private void watch() {
        try {
            long before = -1;
            while (patient(before)) {
                before = taken();
                Pause.of(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the request has ended
        } catch (RuntimeException e) {
            // The log refused: the request's thread is told so with its next block.
        }
    }

    private synchronized long taken() {
        return taken;
    }

    /** Whether something is held back that may still be followed; what is not is handed over. */
    private synchronized boolean patient(long before) throws InterruptedException {
        TraceJoiner held = joiner;
        if (held == null || !held.holds()) {
            watched = false;
            return false;
        }
        if (before != taken) {
            return true;
        }
        watched = false;
        held.flush();
        List<Event.Published> late = block;
        block = new ArrayList<>();
        delivery.late(late);
        return false;
    }
}
