package io.tailrace.server.settings;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.List;

/**
 * How messages are understood, wherever they are fetched from.
 *
 * @param dialect what they are written in
 * @param about what they are about, where they do not say so themselves
 * @param recognise whether what other loggers write is recognised, and stack traces joined
 * @param zone that of times in lines that do not say it, or null
 * @param level how grave lines of text are, or null
 * @param logger who wrote lines of text, or null
 */
public record MessageSettings(
        Dialect dialect,
        SourceAbout about,
        boolean recognise,
        @Nullable ZoneId zone,
        @Nullable Level level,
        @Nullable String logger) {

    /** What messages are written in. */
    public enum Dialect {
        /** Each message is looked at. */
        AUTO,
        /** Events as this gateway has them: JSON objects, an array of them, or one a line. */
        TAILRACE,
        /** Lines: events, JSON of other loggers, what dbt prints, text. */
        LINES,
        /** Lines of text. */
        TEXT,
        OPENLINEAGE,
        CLOUDEVENTS,
        OTLP_LOGS,
        OTLP_METRICS,
        OTLP_TRACES
    }

    /** The names of its options. */
    static final List<String> OPTIONS =
            List.of(
                    "workspace",
                    "workflow",
                    "run",
                    "task",
                    "dialect",
                    "parse",
                    "zone",
                    "level",
                    "logger");

    static MessageSettings of(SourceOptions options) {
        return new MessageSettings(
                dialect(options),
                SourceAbout.of(options),
                options.word("parse", "auto", "off").equals("auto"),
                options.zone("zone"),
                options.level("level"),
                options.text("logger").orElse(null));
    }

    private static Dialect dialect(SourceOptions options) {
        String word =
                options.word(
                        "dialect",
                        "auto",
                        "tailrace",
                        "lines",
                        "text",
                        "openlineage",
                        "cloudevents",
                        "dbt",
                        "otlp-logs",
                        "otlp-metrics",
                        "otlp-traces");
        return switch (word) {
            case "tailrace" -> Dialect.TAILRACE;
            case "lines", "dbt" -> Dialect.LINES; // what dbt prints is recognised among lines
            case "text" -> Dialect.TEXT;
            case "openlineage" -> Dialect.OPENLINEAGE;
            case "cloudevents" -> Dialect.CLOUDEVENTS;
            case "otlp-logs" -> Dialect.OTLP_LOGS;
            case "otlp-metrics" -> Dialect.OTLP_METRICS;
            case "otlp-traces" -> Dialect.OTLP_TRACES;
            default -> Dialect.AUTO;
        };
    }
}
