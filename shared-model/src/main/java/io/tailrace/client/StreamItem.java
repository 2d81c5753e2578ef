package io.tailrace.client;

import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import java.time.Instant;

/**
 * What the root connection tells, one ordered story of entries, control frames and its own states.
 */
public sealed interface StreamItem {

    /**
     * A stored event arrived.
     *
     * @param at when it was read, by this machine's clock
     */
    record Received(Entry entry, Instant at) implements StreamItem {}

    /**
     * The gateway says something about the stream.
     *
     * @param at when it was read, by this machine's clock
     */
    record Told(Event.Control control, Instant at) implements StreamItem {}

    /** The connection changed its state. */
    record Changed(ConnectionState state) implements StreamItem {}

    /**
     * A frame could not be understood; it was passed over.
     *
     * @param reason what was wrong with it
     */
    record Unreadable(String reason) implements StreamItem {}

    /**
     * Something people should know about the connection; told once.
     *
     * @param warning a sentence that says what to do
     */
    record Warned(String warning) implements StreamItem {}
}
