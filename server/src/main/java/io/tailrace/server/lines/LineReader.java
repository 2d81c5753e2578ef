package io.tailrace.server.lines;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recognises what loggers of others write. Thread-safe. */
public final class LineReader {

    // What an event of ours may bear that a logger of others wrote: never names that could be data.
    private static final List<String> TIMES =
            List.of("@timestamp", "@t", "asctime", "ts", "time", "instant");
    private static final List<String> LEVELS =
            List.of("log.level", "levelname", "severity", "@l", "lvl");
    private static final List<String> LOGGERS = List.of("logger_name", "loggerName", "log.logger");
    private static final List<String> TRACES =
            List.of(
                    "stack_trace",
                    "stacktrace",
                    "error.stack_trace",
                    "exc_info",
                    "@x",
                    "thrown",
                    "err");

    private final LineTimes times;

    /** What a line of text turned out to be. */
    public sealed interface Read {

        /** The event. */
        Event.Log log();
    }

    /** An event by itself. */
    public record Whole(Event.Log log) implements Read {}

    /**
     * A line that may be part of something longer.
     *
     * @param levelled whether the line itself says how grave it is
     */
    public record Line(Event.Log log, boolean levelled) implements Read {}

    /**
     * Recognises lines.
     *
     * @param zone that of times that do not say; null when that is not known
     */
    public LineReader(@Nullable ZoneId zone) {
        times = new LineTimes(zone);
    }

    /**
     * What is certain about a line of text, whose message stays as it is.
     *
     * @param line the line as a log event
     */
    public Read text(Event.Log line) {
        Map<String, @Nullable Object> pairs = Logfmt.read(line.message());
        if (pairs != null) {
            Event.Log log = object(pairs, line.header(), line.level(), line.logger());
            if (log != null) {
                return new Whole(log);
            }
        }
        Header header = line.header();
        TextLine known = TextLine.of(line.message(), times, header.timestamp());
        if (known.time() == null && known.level() == null) {
            return new Line(line, false);
        }
        Instant time = known.time() == null ? header.timestamp() : known.time();
        Level level = known.level() == null ? line.level() : known.level();
        Header timed = Header.of(header.channel(), time, header.subject());
        return new Line(
                new Event.Log(
                        timed.withFields(header.fields()),
                        level,
                        line.message(),
                        line.logger(),
                        line.error()),
                known.level() != null);
    }

    /**
     * The log event that an object of a logger's own kind is; null when it is none.
     *
     * @param base where it goes, when, and what it is about, as far as it does not say
     */
    public Event.@Nullable Log object(
            Map<String, @Nullable Object> object,
            Header base,
            Level level,
            @Nullable String logger) {
        return new StrangerLine(object, times).log(base, level, logger);
    }

    /**
     * An event of ours with what a logger said under its own names.
     *
     * @param now the time that it has when it does not say
     */
    public Event.Published adapted(Event.Published event, Instant now) {
        return event instanceof Event.Log log && !log.header().fields().isEmpty()
                ? adapted(log, now)
                : event;
    }

    private Event.Log adapted(Event.Log log, Instant now) {
        Map<String, @Nullable Object> fields = log.header().fields();
        String time = log.timestamp().equals(now) ? named(fields, TIMES) : null;
        String level = log.level() == Level.INFO ? named(fields, LEVELS) : null;
        String logger = log.logger() == null ? named(fields, LOGGERS) : null;
        String trace = log.error() == null ? named(fields, TRACES) : null;
        if (time == null && level == null && logger == null && trace == null) {
            return log;
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(fields);
        Instant newTime = time == null ? null : times.of(fields.get(time), now);
        Level newLevel = level == null ? null : Levels.value(fields.get(level));
        String newLogger = taken(rest, logger);
        String newTrace = trace == null ? null : StrangerLine.trace(fields.get(trace));
        if (trace != null && fields.get(trace) instanceof String) {
            rest.remove(trace);
        }
        if (newTime != null) {
            rest.remove(time);
        }
        if (newLevel != null) {
            rest.remove(level);
        }
        Header header = log.header();
        return new Event.Log(
                Header.of(
                                header.channel(),
                                newTime == null ? header.timestamp() : newTime,
                                header.subject())
                        .withFields(rest),
                newLevel == null ? log.level() : newLevel,
                log.message(),
                newLogger == null ? log.logger() : newLogger,
                newTrace == null ? log.error() : newTrace);
    }

    private static @Nullable String named(
            Map<String, @Nullable Object> fields, List<String> names) {
        for (String name : names) {
            if (fields.get(name) != null) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable String taken(
            Map<String, @Nullable Object> fields, @Nullable String name) {
        if (name != null && fields.get(name) instanceof String text) {
            fields.remove(name);
            return text;
        }
        return null;
    }
}
