package io.tailrace.publisher;

import java.time.Duration;

/** What happens to a new event while the publisher's memory is full. */
public sealed interface WhenFull {

    /**
     * The publishing thread waits for room.
     *
     * <p>When none came in time the event is dropped and reported, and later events no longer wait
     * until the gateway takes a batch again: an outage holds each thread up once, not once per
     * event.
     *
     * @param atMost the longest wait of one thread
     */
    record Block(Duration atMost) implements WhenFull {
        /** Checks the time. */
        public Block {
            if (atMost.isNegative()) {
                throw new IllegalArgumentException("The longest wait may not be negative.");
            }
        }
    }

    /** The event is dropped at once, counted and reported. */
    record DropAndReport() implements WhenFull {}
}
