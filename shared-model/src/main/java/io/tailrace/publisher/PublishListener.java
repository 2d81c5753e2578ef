package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of published events.
 *
 * <p>Called on the publisher's own thread, except where noted; must return quickly, for nothing is
 * sent meanwhile. What it throws is logged and otherwise ignored.
 */
public interface PublishListener {

    /**
     * The gateway has stored events.
     *
     * @param events how many
     * @param cursor the place of the last one, when the gateway says
     */
    default void acknowledged(int events, @Nullable String cursor) {}

    /**
     * The gateway will never take this event; it is given up. On the publishing thread when the
     * event could not even be encoded.
     *
     * @param event the event as JSON, or its kind when it could not be encoded
     * @param reason why, a sentence
     */
    default void rejected(String event, String reason) {}

    /**
     * The gateway refused a whole request for good; its events are given up.
     *
     * @param events how many
     * @param reason why, a sentence
     */
    default void refused(int events, String reason) {}

    /**
     * Events were given up because memory was full, the publisher was closed or they could not be
     * read from disk. The counts add up to {@link PublisherStats#dropped}.
     *
     * @param events how many since the last call
     * @param reason why, a sentence
     */
    default void dropped(long events, String reason) {}

    /**
     * The gateway cannot be reached or cannot take events now; trying goes on. Told once until
     * {@link #recovered}.
     *
     * @param reason why, a sentence
     */
    default void troubled(String reason) {}

    /**
     * Something about the connection or the spill folder is not as it should be, though publishing
     * goes on. Told once.
     *
     * @param warning a sentence that says what to do
     */
    default void warned(String warning) {}

    /** The gateway takes events again. */
    default void recovered() {}

    /**
     * The publisher was closed with events that the gateway had not acknowledged and that are not
     * on disk: they are lost, unless an answer was. On the closing thread.
     *
     * @param events how many
     */
    default void undelivered(long events) {}

    /**
     * The publisher was closed with events on disk: the next one with the same spill folder sends
     * them. On the closing thread.
     *
     * @param events how many
     */
    default void kept(long events) {}
}
