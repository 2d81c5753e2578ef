package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.wire.EventParser;

import java.time.Instant;

/**
 * An encoded event with its place in the log.
 *
 * @param channel where it is
 * @param position its place, unique and growing over all channels
 * @param kind its kind on the wire
 * @param received when the gateway got it, milliseconds since 1970
 * @param json the event as one line of JSON; shared, must not change
 */
public record StoredEntry(Channel channel, long position, String kind, long received, byte[] json) {

    /**
     * The event.
     *
     * @throws io.tailrace.wire.MalformedEventException when it cannot be read, such as one of a
     *     newer gateway
     */
    public Event event(EventParser parser) {
        return parser.parse(json, 0, json.length, kind, channel, Instant.ofEpochMilli(received));
    }
}
