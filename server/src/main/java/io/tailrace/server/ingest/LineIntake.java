package io.tailrace.server.ingest;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * Makes events of the lines of something that the gateway reads by itself, as a pipe to a channel
 * does. Confined to one thread.
 */
public final class LineIntake {

    /** How lines are understood. */
    public enum Form {
        /** A line that is a JSON object with {@code message} or {@code kind} is an event. */
        EITHER,
        /** Every line is a JSON object. */
        JSON,
        /** Every line is text. */
        TEXT
    }

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
    }

    /**
     * What holds for all lines; what an event says itself wins.
     *
     * @param channel where lines go
     * @param subject what they are about
     * @param level how grave lines of text are, or null
     * @param logger who wrote lines of text, or null
     * @param form how lines are understood
     * @param maxLine the longest line, in bytes
     */
    public record Target(
            Channel channel,
            Subject subject,
            @Nullable Level level,
            @Nullable String logger,
            Form form,
            int maxLine) {}

    private final Target target;
    private final EventDecoder decoder;
    private final LineSplitter splitter;
    private final Sink sink;

    /** At the beginning of a line. */
    public LineIntake(Target target, Clock clock, Sink sink) {
        this.target = target;
        this.decoder =
                new EventDecoder(
                        new Defaults(
                                target.channel(),
                                target.subject(),
                                target.level(),
                                target.logger()),
                        clock);
        this.sink = sink;
        this.splitter = new LineSplitter(target.maxLine(), lines());
    }

    /** Further bytes; tells the sink of every line that they complete. */
    public void feed(byte[] bytes, int offset, int length) {
        splitter.feed(bytes, offset, length);
    }

    /** How many of the bytes belong to a line whose end has not come. */
    public int waiting() {
        return splitter.waiting();
    }

    /** Those bytes will come again. */
    public void forget() {
        splitter.forget();
    }

    /** Nothing follows: what waits is a line too. */
    public void end() {
        splitter.end();
    }

    private LineSplitter.Sink lines() {
        return new LineSplitter.Sink() {
            @Override
            public void line(long number, byte[] bytes, int offset, int length) {
                LineIntake.this.line(number, bytes, offset, length);
            }

            @Override
            public void tooLong(long number) {
                sink.rejected(
                        number,
                        "It has more than %,d bytes; see the setting max-line."
                                .formatted(target.maxLine()));
            }
        };
    }

    private void line(long number, byte[] bytes, int offset, int length) {
        EventDecoder.Dialect dialect =
                switch (target.form()) {
                    case EITHER -> EventDecoder.Dialect.EITHER;
                    case JSON -> EventDecoder.Dialect.JSON;
                    case TEXT -> EventDecoder.Dialect.TEXT;
                };
        if (dialect == EventDecoder.Dialect.JSON
                && JsonProbe.skipSpace(bytes, offset, offset + length) == offset + length) {
            return; // blank
        }
        try {
            Event.Published event = decoder.decode(dialect, bytes, offset, length);
            if (event instanceof Event.Command) {
                sink.rejected(number, "Commands are not taken from sources.");
            } else {
                sink.event(event);
            }
        } catch (MalformedEventException e) {
            sink.rejected(number, String.valueOf(e.getMessage()));
        }
    }
}
