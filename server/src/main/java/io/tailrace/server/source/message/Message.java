package io.tailrace.server.source.message;

import java.time.Instant;
import java.util.Map;

/**
 * One message as it was fetched.
 *
 * @param body what it is; must not change
 * @param contentType what its sender said it is; empty when nothing
 * @param headers others, by their names in lower case; {@code ce_id} and so on are attributes of a
 *     CloudEvent
 * @param time when it was sent: that of events that say none
 * @param origin such as the topic; the workflow of events when nobody says another
 */
public record Message(
        byte[] body, String contentType, Map<String, String> headers, Instant time, String origin) {

    /** Copies the headers. */
    public Message {
        headers = Map.copyOf(headers);
    }

    /** A message without headers. */
    public static Message of(byte[] body, Instant time, String origin) {
        return new Message(body, "", Map.of(), time, origin);
    }
}
