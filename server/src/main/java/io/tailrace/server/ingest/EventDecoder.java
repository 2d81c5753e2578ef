package io.tailrace.server.ingest;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.dbt.DbtLines;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.MalformedEventException;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes an event of a line. Confined to one thread.
 *
 * <p>A line of text becomes a log event with the line as its message, byte for byte where it is
 * UTF-8; colour codes stay in.
 */
final class EventDecoder {

    /** How lines are understood. */
    enum Dialect {
        /** Every line is a JSON object. */
        JSON,
        /** Every line is text. */
        TEXT,
        /** A line is an event when {@link JsonProbe} says so, otherwise text. */
        EITHER
    }

    private final Defaults defaults;
    private final byte[] prefix;
    private final Clock clock;
    private final DbtLines dbt;

    EventDecoder(Defaults defaults, Clock clock) {
        this.defaults = defaults;
        this.prefix = defaults.prefix();
        this.clock = clock;
        this.dbt = new DbtLines(defaults.channel(), defaults.subject());
    }

    /** The events of a line that dbt printed; none when it did not. */
    List<Event.Published> dbt(Dialect dialect, byte[] bytes, int offset, int length) {
        return dialect == Dialect.TEXT
                ? List.of()
                : dbt.read(bytes, offset, length, clock.instant());
    }

    /**
     * Reads a line.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    Event.Published decode(Dialect dialect, byte[] bytes, int offset, int length) {
        return switch (dialect) {
            case JSON -> json(bytes, offset, length);
            case TEXT -> text(bytes, offset, length);
            case EITHER ->
                    JsonProbe.isEvent(bytes, offset, length)
                            ? json(bytes, offset, length)
                            : text(bytes, offset, length);
        };
    }

    private Event.Published json(byte[] bytes, int offset, int length) {
        Event event =
                prefix.length == 0
                        ? decode(bytes, offset, length)
                        : withPrefix(bytes, offset, length);
        return switch (event) {
            case Event.Published published -> published;
            case Event.Control control ->
                    throw new MalformedEventException(
                            "Kind '%s' is the gateway's own word and cannot be published."
                                    .formatted(control.kind()));
        };
    }

    private Event withPrefix(byte[] bytes, int offset, int length) {
        int brace = JsonProbe.skipSpace(bytes, offset, offset + length);
        int first = JsonProbe.skipSpace(bytes, brace + 1, offset + length);
        boolean hasMembers =
                brace < offset + length
                        && bytes[brace] == '{'
                        && first < offset + length
                        && bytes[first] == '"';
        if (!hasMembers) {
            return decode(bytes, offset, length); // it will be refused, or says nothing
        }
        int rest = offset + length - first;
        byte[] all = new byte[prefix.length + rest];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(bytes, first, all, prefix.length, rest);
        return decode(all, 0, all.length);
    }

    private Event decode(byte[] bytes, int offset, int length) {
        return EventCodec.decode(bytes, offset, length, null, defaults.channel(), clock.instant());
    }

    private Event.Published text(byte[] bytes, int offset, int length) {
        Channel channel = defaults.channel();
        if (channel == null || !channel.type().equals("logs")) {
            throw new MalformedEventException(
                    "This line is not a JSON object, and plain text can only go to a channel such"
                            + " as \"logs:my-team:my-pipeline\".");
        }
        String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
        boolean damaged = line.indexOf('\uFFFD') >= 0 && !sameBytes(line, bytes, offset, length);
        Subject about = defaults.subject();
        Subject subject =
                new Subject(
                        channel.workspace(),
                        channel.workflow(),
                        about.run(),
                        about.task(),
                        about.attempt(),
                        about.step());
        Header header =
                new Header(
                        channel,
                        clock.instant(),
                        subject,
                        damaged ? Map.of("invalid_utf8", true) : Map.of());
        Level level = defaults.level() == null ? Level.INFO : defaults.level();
        return new Event.Log(header, level, line, defaults.logger(), null);
    }

    private static boolean sameBytes(String line, byte[] bytes, int offset, int length) {
        byte[] again = line.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, offset, offset + length);
    }
}
