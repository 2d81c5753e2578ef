package io.tailrace.server.settings;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Files that grow, and are rotated.
 *
 * @param name of the source
 * @param paths absolute paths or patterns such as {@code /var/log/app/**.log}
 * @param match found in a file's path, its named groups say what the file is about; may be null
 * @param about what all files are about, where their paths do not say it
 * @param fromBeginning whether files that are there at the very first start are read whole
 * @param form whether lines are text, JSON, or either
 * @param recognise whether what other loggers write is recognised, and stack traces joined
 * @param zone that of times in lines that do not say it, or null
 * @param level how grave lines of text are, or null
 * @param logger who wrote lines of text, or null
 * @param poll how often files are looked at
 */
public record FileSourceSettings(
        String name,
        List<String> paths,
        @Nullable Pattern match,
        About about,
        boolean fromBeginning,
        Form form,
        boolean recognise,
        @Nullable ZoneId zone,
        @Nullable Level level,
        @Nullable String logger,
        Duration poll)
        implements SourceSettings {

    /** How lines are understood. */
    public enum Form {
        /** A line that is a JSON object with {@code message} or {@code kind} is an event. */
        EITHER,
        /** Every line is a JSON object. */
        JSON,
        /** Every line is text. */
        TEXT
    }

    /**
     * What events are about.
     *
     * @param workspace the tenant
     * @param workflow the pipeline
     * @param run one execution
     * @param task a part of it
     */
    public record About(
            @Nullable String workspace,
            @Nullable String workflow,
            @Nullable String run,
            @Nullable String task) {}

    private static final String EXAMPLE = "paths = [\"/var/log/app/*.log\"]";

    /** Copies. */
    public FileSourceSettings {
        paths = List.copyOf(paths);
    }

    static FileSourceSettings of(SourceOptions options) {
        List<String> paths = options.list("paths");
        if (paths.isEmpty()) {
            throw options.missing("paths", EXAMPLE);
        }
        for (String path : paths) {
            if (!path.startsWith("/") && !path.matches("[A-Za-z]:[/\\\\].*")) {
                throw options.wrong("paths", path, "absolute paths or patterns");
            }
        }
        var settings =
                new FileSourceSettings(
                        options.name(),
                        paths,
                        pattern(options),
                        new About(
                                options.text("workspace").orElse(null),
                                options.text("workflow").orElse(null),
                                options.text("run").orElse(null),
                                options.text("task").orElse(null)),
                        options.word("start", "beginning", "end").equals("beginning"),
                        switch (options.word("format", "either", "json", "text")) {
                            case "json" -> Form.JSON;
                            case "text" -> Form.TEXT;
                            default -> Form.EITHER;
                        },
                        options.word("parse", "auto", "off").equals("auto"),
                        zone(options),
                        level(options),
                        options.text("logger").orElse(null),
                        options.time(
                                "poll", "250ms", Duration.ofMillis(10), Duration.ofMinutes(1)));
        options.checkAllKnown(
                "type",
                "paths",
                "match",
                "workspace",
                "workflow",
                "run",
                "task",
                "start",
                "format",
                "level",
                "logger",
                "poll",
                "parse",
                "zone");
        settings.requireNames(options);
        return settings;
    }

    private static @Nullable ZoneId zone(SourceOptions options) {
        Optional<String> text = options.text("zone");
        try {
            return text.map(ZoneId::of).orElse(null);
        } catch (DateTimeException e) {
            throw options.wrong("zone", text.orElse(""), "a time zone such as Europe/Berlin");
        }
    }

    private static @Nullable Level level(SourceOptions options) {
        Optional<String> text = options.text("level");
        if (text.isEmpty()) {
            return null;
        }
        return Level.parse(text.get())
                .orElseThrow(() ->
                        options.wrong("level", text.get(), "trace, debug, info, warn or error"));
    }

    private static @Nullable Pattern pattern(SourceOptions options) {
        Optional<String> text = options.text("match");
        try {
            return text.map(Pattern::compile).orElse(null);
        } catch (PatternSyntaxException e) {
            throw options.wrong("match", text.orElse(""), "a regular expression");
        }
    }

    /** Each event needs a workspace and a workflow: said for all, or found in the path. */
    private void requireNames(SourceOptions options) {
        var found = match == null ? Map.<String, Integer>of() : match.namedGroups();
        if (about.workspace() == null && !found.containsKey("workspace")) {
            throw options.missing("workspace", "workspace = acme");
        }
        if (about.workflow() == null && !found.containsKey("workflow")) {
            throw options.missing("workflow", "workflow = nightly");
        }
    }
}
