package io.tailrace.server.settings;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
        SourceAbout about,
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

    private static final List<String> OPTIONS =
            List.of(
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
                        options.pattern("match"),
                        SourceAbout.of(options),
                        options.word("start", "beginning", "end").equals("beginning"),
                        switch (options.word("format", "either", "json", "text")) {
                            case "json" -> Form.JSON;
                            case "text" -> Form.TEXT;
                            default -> Form.EITHER;
                        },
                        options.word("parse", "auto", "off").equals("auto"),
                        options.zone("zone"),
                        options.level("level"),
                        options.text("logger").orElse(null),
                        options.time(
                                "poll", "250ms", Duration.ofMillis(10), Duration.ofMinutes(1)));
        options.checkAllKnown(OPTIONS);
        settings.requireNames(options);
        return settings;
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
