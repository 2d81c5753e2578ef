package io.tailrace.server.ingest;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.dbt.DbtLines;
import io.tailrace.server.lines.LineReader;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
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

    private final Defaults defaults;
    private final byte[] prefix;
    private final Clock clock;
    private final DbtLines dbt;
    private final @Nullable LineReader reader;
    private final boolean raw;
    private final EventParser parser = new EventParser();
    private Instant now; // when bytes came last
    private boolean line;
    private boolean levelled;

    /**
     * Makes events.
     *
     * @param reader recognises what others write; null when nothing is looked for
     * @param raw whether all lines are taken as they are
     * @param dbt recognises the lines of dbt
     */
    EventDecoder(
            Defaults defaults,
            Clock clock,
            @Nullable LineReader reader,
            boolean raw,
            DbtLines dbt) {
        this.raw = raw;
        this.reader = reader;
        this.defaults = defaults;
        this.prefix = defaults.prefix();
        this.clock = clock;
        this.now = clock.instant();
        this.dbt = dbt;
    }

    /** Bytes came: the lines in them are of this moment. */
    void came() {
        now = clock.instant();
    }

    /** The events of a line that dbt printed; none when it did not. */
    List<Event.Published> dbt(LineForm form, byte[] bytes, int offset, int length) {
        line = false;
        return raw || form == LineForm.TEXT ? List.of() : dbt.read(bytes, offset, length, now);
    }

    /** Lines were not taken: what dbt tells begins anew when they are sent again. */
    void forgetDbt() {
        dbt.forget();
    }

    /**
     * Reads a line.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    Event.Published decode(LineForm form, byte[] bytes, int offset, int length) {
        line = false;
        return switch (form) {
            case JSON -> json(bytes, offset, length);
            case TEXT -> text(bytes, offset, length);
            case EITHER ->
                    !verbatim() && JsonProbe.isEvent(bytes, offset, length)
                            ? json(bytes, offset, length)
                            : text(bytes, offset, length);
        };
    }

    /** Whether nobody asked for events, and nothing is to be looked for. */
    private boolean verbatim() {
        Channel channel = defaults.channel();
        return raw && channel != null && channel.type().equals("logs");
    }

    /** Whether it recognises what others write. */
    boolean recognises() {
        return reader != null;
    }

    /** Whether the event made last is a line of text, which others may belong to. */
    boolean readLine() {
        return line;
    }

    /** Whether that line itself says how grave it is. */
    boolean levelled() {
        return levelled;
    }

    private Event.Published json(byte[] bytes, int offset, int length) {
        LineReader others = reader;
        if (others == null) {
            return ours(bytes, offset, length);
        }
        try {
            return others.adapted(ours(bytes, offset, length), now);
        } catch (MalformedEventException e) {
            Event.Log stranger = stranger(others, bytes, offset, length);
            if (stranger == null) {
                throw e;
            }
            return stranger;
        }
    }

    private Event.Published ours(byte[] bytes, int offset, int length) {
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
        return parser.parse(bytes, offset, length, null, defaults.channel(), now);
    }

    /** What a logger of others wrote as JSON; null when this is something else. */
    private Event.@Nullable Log stranger(LineReader others, byte[] bytes, int offset, int length) {
        int first = JsonProbe.skipSpace(bytes, offset, offset + length);
        Channel channel = defaults.channel();
        if (first == offset + length || bytes[first] != '{' || channel == null) {
            return null;
        }
        Map<String, @Nullable Object> object = JsonValues.object(bytes, offset, length);
        return object == null || object.containsKey("kind")
                ? null
                : others.object(object, header(channel), level(), defaults.logger());
    }

    private Event.Published text(byte[] bytes, int offset, int length) {
        Channel channel = defaults.channel();
        if (channel == null || !channel.type().equals("logs")) {
            throw new MalformedEventException(
                    "This line is not a JSON object, and plain text can only go to a channel such"
                            + " as \"logs:my-team:my-pipeline\".");
        }
        LineReader others = reader;
        Event.Log stranger = others == null ? null : stranger(others, bytes, offset, length);
        if (stranger != null) {
            return stranger;
        }
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        boolean damaged = text.indexOf('\uFFFD') >= 0 && !sameBytes(text, bytes, offset, length);
        Header header = header(channel);
        if (damaged) {
            header = header.withFields(Map.of("invalid_utf8", true));
        }
        var log = new Event.Log(header, level(), text, defaults.logger(), null);
        return others == null ? log : recognised(others.text(log));
    }

    private Event.Published recognised(LineReader.Read read) {
        line = read instanceof LineReader.Line;
        levelled = read instanceof LineReader.Line known && known.levelled();
        return read.log();
    }

    private Level level() {
        return defaults.level() == null ? Level.INFO : defaults.level();
    }

    private Header header(Channel channel) {
        Subject about = defaults.subject();
        Subject subject =
                new Subject(
                        channel.workspace(),
                        channel.workflow(),
                        about.run(),
                        about.task(),
                        about.attempt(),
                        about.step());
        return Header.of(channel, now, subject);
    }

    private static boolean sameBytes(String line, byte[] bytes, int offset, int length) {
        byte[] again = line.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, offset, offset + length);
    }
}
