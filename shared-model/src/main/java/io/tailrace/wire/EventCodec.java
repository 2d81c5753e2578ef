package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Events as JSON objects, one way in and one way out, with explicit names for every kind.
 *
 * <p>Thread-safe.
 */
public final class EventCodec {

    static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxNameLength(1_000)
                                    .build())
                    .build();

    private EventCodec() {}

    /** The event as one JSON object in UTF-8, without line breaks outside strings. */
    public static byte[] encode(Event event) {
        return EventWriter.write(event);
    }

    /**
     * Reads an event that names its own kind and channel.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static Event decode(byte[] json) {
        return decode(json, 0, json.length, null, null, Instant.EPOCH);
    }

    /**
     * Reads an event from part of an array.
     *
     * @param kind the kind when the object does not say, or null
     * @param channel the channel when the object does not say, or null
     * @param now the timestamp when the object does not say
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static Event decode(
            byte[] json,
            int offset,
            int length,
            @Nullable String kind,
            @Nullable Channel channel,
            Instant now) {
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            Event event = EventReader.read(Fields.read(parser), kind, channel, now);
            if (parser.nextToken() != null) {
                throw new MalformedEventException(
                        "There is more than one JSON value on this line.");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("This is not valid JSON: " + sentence(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the parser found, in one sentence without its source location noise. */
    private static String sentence(JsonProcessingException e) {
        String text = e.getOriginalMessage().replaceAll("[\\r\\n]+", " ");
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        String shown = text.length() > 160 ? text.substring(0, 160) + "…" : text;
        return column > 0 ? shown + " (column " + column + ")." : shown + ".";
    }
}
