package io.tailrace.server.ingest;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.dbt.DbtLines;
import io.tailrace.server.dbt.DbtRuns;
import io.tailrace.server.lines.LineReader;
import io.tailrace.server.lines.TraceJoiner;
import io.tailrace.server.redaction.RedactedLines;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Makes events of the lines of something that the gateway reads by itself, as a pipe to a channel
 * does. Confined to one thread.
 */
public final class LineIntake {

    /** Receives what was found. */
    public interface Sink {

        void event(Event.Published event);

        /**
         * A line that is no event.
         *
         * @param number of the line, from 1
         * @param reason a sentence
         */
        void rejected(long number, String reason);

        /** The same, with what it was: a part of an array that is only lent. */
        default void rejected(long number, String reason, byte[] bytes, int offset, int length) {
            rejected(number, reason);
        }
    }

    /**
     * What holds for all lines; what an event says itself wins.
     *
     * @param channel where lines go
     * @param subject what they are about
     * @param level how grave lines of text are, or null
     * @param logger who wrote lines of text, or null
     * @param form how lines are understood
     * @param reader recognises what others write, and joins stack traces; null when every line is
     *     taken as it is
     * @param maxLine the longest line, in bytes
     */
    public record Target(
            Channel channel,
            Subject subject,
            @Nullable Level level,
            @Nullable String logger,
            LineForm form,
            @Nullable LineReader reader,
            int maxLine) {

        /** Something that the gateway itself has to say among these lines. */
        public Event.Log notice(String sentence, Instant time) {
            Header header = Header.of(channel, time, subject);
            return new Event.Log(header, Level.WARN, sentence, "tailrace", null);
        }

        /** Where a single line is taken over HTTP as it is here. */
        public String address() {
            StringBuilder address = new StringBuilder("/api/channels/");
            address.append(encoded(channel.name())).append("/events?parse=");
            address.append(reader == null ? "off" : "auto");
            parameter(address, "run", subject.run());
            parameter(address, "task", subject.task());
            parameter(address, "attempt", subject.attempt());
            parameter(address, "level", level);
            parameter(address, "logger", logger);
            return address.toString();
        }

        private static void parameter(StringBuilder to, String name, @Nullable Object value) {
            if (value != null) {
                to.append('&').append(name).append('=').append(encoded(value.toString()));
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        /** What to say there it is; empty where that is looked for. */
        public String contentType() {
            return switch (form) {
                case JSON -> "application/x-ndjson";
                case TEXT -> "text/plain";
                case EITHER -> "";
            };
        }
    }

    private final Target target;
    private final EventDecoder decoder;
    private final LineSplitter splitter;
    private final RedactedLines redacted;
    private final Sink sink;
    private final @Nullable TraceJoiner joiner;
    private boolean released;
    private long heldFrom; // where the line begins that the joiner holds back

    /**
     * At the beginning of a line.
     *
     * @param redactor masks secrets
     */
    public LineIntake(Target target, Clock clock, Redactor redactor, Sink sink) {
        this.redacted = new RedactedLines(redactor);
        this.target = target;
        this.decoder =
                new EventDecoder(
                        new Defaults(
                                target.channel(),
                                target.subject(),
                                target.level(),
                                target.logger()),
                        clock,
                        target.reader(),
                        target.reader() == null,
                        new DbtLines("", target.channel(), target.subject(), new DbtRuns()));
        this.sink = sink;
        this.joiner = target.reader() == null ? null : new TraceJoiner(this::release);
        this.splitter = new LineSplitter(target.maxLine(), lines());
    }

    /** Further bytes; tells the sink of every line that they complete. */
    public void feed(byte[] bytes, int offset, int length) {
        decoder.came();
        splitter.feed(bytes, offset, length);
    }

    /**
     * A message that is complete by itself: one JSON object, an array of them, or lines.
     *
     * @throws MalformedEventException when it is an array that is not valid JSON; its events may be
     *     told by then
     */
    public void message(byte[] bytes) {
        decoder.came();
        int first = JsonProbe.skipSpace(bytes, 0, bytes.length);
        byte begin = first < bytes.length && target.form() != LineForm.TEXT ? bytes[first] : 0;
        if (begin == '{' && JsonProbe.isOneObject(bytes, 0, bytes.length)) {
            element(1, bytes, 0, bytes.length);
        } else if (begin == '[' && target.form() == LineForm.JSON) {
            JsonElements.cut(bytes, (number, from, length) -> element(number, bytes, from, length));
        } else {
            feed(bytes, 0, bytes.length);
            splitter.end();
        }
        settle();
    }

    private void element(long number, byte[] bytes, int offset, int length) {
        if (length > target.maxLine()) {
            sink.rejected(number, tooLong(), bytes, offset, length);
        } else {
            line(number, bytes, offset, length);
        }
    }

    private String tooLong() {
        return "It has more than %,d bytes; see the setting max-line.".formatted(target.maxLine());
    }

    /** How many of the bytes belong to lines that are not complete, or that a trace may follow. */
    public long waiting() {
        boolean held = joiner != null && joiner.holds();
        return splitter.fed() - (held ? heldFrom : splitter.lineStart());
    }

    /** Nothing came for a while: what is held back is complete. */
    public void settle() {
        if (joiner != null) {
            joiner.flush();
        }
    }

    /** Those bytes will come again. */
    public void forget() {
        settle();
        splitter.forget();
    }

    /** Nothing follows: what waits is a line too. */
    public void end() {
        splitter.end();
        settle();
    }

    private LineSplitter.Sink lines() {
        return new LineSplitter.Sink() {
            @Override
            public void line(long number, byte[] bytes, int offset, int length) {
                LineIntake.this.line(number, bytes, offset, length);
            }

            @Override
            public void tooLong(long number) {
                sink.rejected(number, LineIntake.this.tooLong());
            }
        };
    }

    private void line(long number, byte[] bytes, int offset, int length) {
        LineForm form = target.form();
        if (form == LineForm.JSON
                && JsonProbe.skipSpace(bytes, offset, offset + length) == offset + length) {
            return; // blank
        }
        try {
            List<Event.Published> several = decoder.dbt(form, bytes, offset, length);
            for (Event.Published event : several) {
                add(redacted.without(event, bytes, offset, length));
            }
            if (!several.isEmpty()) {
                return;
            }
            Event.Published event = decoder.decode(form, bytes, offset, length);
            if (event instanceof Event.Command) {
                settle();
                sink.rejected(
                        number, "Commands are not taken from sources.", bytes, offset, length);
            } else {
                add(redacted.without(event, bytes, offset, length));
            }
        } catch (MalformedEventException e) {
            settle();
            sink.rejected(number, String.valueOf(e.getMessage()), bytes, offset, length);
        }
    }

    private void release(Event.Log line) {
        released = true;
        sink.event(line);
    }

    private void add(Event.Published event) {
        TraceJoiner joins = joiner;
        if (joins == null) {
            sink.event(event);
        } else if (event instanceof Event.Log line && decoder.readLine()) {
            boolean held = joins.holds();
            released = false;
            joins.take(line, decoder.levelled());
            if (!held || released) {
                heldFrom = splitter.lineStart();
            }
        } else {
            joins.flush();
            sink.event(event);
        }
    }
}
