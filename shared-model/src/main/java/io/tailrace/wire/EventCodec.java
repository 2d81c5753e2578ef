package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Events as JSON objects, one way in and one way out, with explicit names for every kind.
 *
 * <p>Whatever bytes come in, the only complaint is {@link MalformedEventException}. Thread-safe.
 */
public final class EventCodec {

    /**
     * Only UTF-8 is read, whatever the first bytes look like; names are not kept in memory. Buffers
     * are pooled: by default each thread keeps 16 KB for ever, and a stream's thread sleeps.
     */
    static final JsonFactory JSON =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxNameLength(1_000)
                                    .build())
                    .build();

    private static final Pattern PARSER_JARGON =
            Pattern.compile(
                    "(, from `[^`]*`)|( ?\\(start marker at [^)]*\\)?[^)]*\\))|(: enable `.*)",
                    Pattern.DOTALL);
    private static final int LONGEST_REASON = 160;

    private EventCodec() {}

    /** The event as one JSON object in UTF-8, without line breaks. */
    public static byte[] encode(Event event) {
        return new EventWriter().write(event);
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
     * Reads an event from part of an array; many of them faster with one {@link EventParser}.
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
        return new EventParser().parse(json, offset, length, kind, channel, now);
    }

    /** The members of the one object in that part of the array. */
    static Fields fields(JsonFactory factory, byte[] json, int offset, int length) {
        int mark = byteOrderMark(json, offset, length);
        try (JsonParser parser = factory.createParser(json, offset + mark, length - mark)) {
            Fields fields = Fields.read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedEventException(
                        "There is more than one JSON value on this line: give each a line of its"
                                + " own (curl -d joins lines, --data-binary does not).");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("This is not valid JSON: " + sentence(e));
        } catch (IOException e) {
            throw new MalformedEventException("This is not valid JSON in UTF-8.");
        }
    }

    /** Editors on some systems put one before the first line of a file. */
    private static int byteOrderMark(byte[] json, int offset, int length) {
        return length >= 3
                        && json[offset] == (byte) 0xEF
                        && json[offset + 1] == (byte) 0xBB
                        && json[offset + 2] == (byte) 0xBF
                ? 3
                : 0;
    }

    /** What the parser found, in one sentence without the parser's own affairs. */
    private static String sentence(JsonProcessingException e) {
        String text = PARSER_JARGON.matcher(e.getOriginalMessage()).replaceAll("");
        text = text.replaceAll("\\p{Cntrl}+", " ").strip();
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        String shown =
                text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
        return column > 0 ? shown + " (column " + column + ")." : shown + ".";
    }
}
