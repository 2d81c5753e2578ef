package io.tailrace.desktop.state;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Something received as it stands in a file: a line with the cursor and the time of arrival, then
 * the event in JSON. Only what is worth having again is kept.
 */
final class Kept {

    private static final String NO_CURSOR = "-";

    private Kept() {}

    /** The bytes of an item; null for what is not kept. */
    static byte @Nullable [] bytes(StreamItem item) {
        return switch (item) {
            case StreamItem.Received(Entry entry, Instant at) ->
                    bytes(entry.cursor().toString(), at, entry.event());
            case StreamItem.Told(Event.Control control, Instant at) ->
                    switch (control) {
                        case Event.Snapshot _,
                                Event.Gap _,
                                Event.ChannelsChanged _,
                                Event.SessionInit _ ->
                                bytes(NO_CURSOR, at, control);
                        case Event.Resumed _,
                                Event.Heartbeat _,
                                Event.Conflated _,
                                Event.SessionEnd _,
                                Event.ServerShuttingDown _ ->
                                null;
                    };
            case StreamItem.Changed _, StreamItem.Warned _, StreamItem.Unreadable _ -> null;
        };
    }

    static byte[] bytes(String cursor, Instant at, Event event) {
        byte[] head = (cursor + " " + at.toEpochMilli() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] json = EventCodec.encode(event);
        byte[] whole = new byte[head.length + json.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(json, 0, whole, head.length, json.length);
        return whole;
    }

    /**
     * The item of these bytes.
     *
     * @throws MalformedEventException when they are none
     */
    static StreamItem item(EventParser parser, byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != '\n') {
            end++;
        }
        String[] head =
                new String(bytes, offset, end - offset, StandardCharsets.US_ASCII).split(" ", -1);
        if (head.length != 2) {
            throw new MalformedEventException("This is not an entry that the console kept.");
        }
        try {
            Instant at = Instant.ofEpochMilli(Long.parseLong(head[1]));
            int start = end + 1;
            Event event = parser.parse(bytes, start, offset + length - start, null, null, at);
            return switch (event) {
                case Event.Published published ->
                        new StreamItem.Received(new Entry(Cursor.parse(head[0]), published), at);
                case Event.Control control -> new StreamItem.Told(control, at);
            };
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("This is not an entry that the console kept.");
        }
    }
}
