package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Collections of a MongoDB database that are watched or polled.
 *
 * @param name of the source
 * @param uri where the database is, and who asks
 * @param database its name
 * @param collections their names, where '*' stands for anything; none are all
 * @param updates what is told of a document that changes; a poll tells none
 * @param fromBeginning whether documents are read that are there at the very first start
 * @param poll how documents are polled, or null when they are watched
 * @param batch at most so many documents are stored at once
 * @param fields members of our events, and the path of what they are in a document; when there are
 *     none the document is an event itself
 * @param messages how documents are understood
 */
public record MongoSourceSettings(
        String name,
        Uri uri,
        String database,
        List<String> collections,
        Updates updates,
        boolean fromBeginning,
        @Nullable Poll poll,
        int batch,
        Map<String, String> fields,
        MessageSettings messages)
        implements SourceSettings {

    /**
     * A connection string. It never shows itself, for it has a password.
     *
     * @param text the whole
     */
    public record Uri(String text) {
        @Override
        public String toString() {
            return "mongodb://…";
        }
    }

    /** What is told of a document that changes. */
    public enum Updates {
        /** The document as it is then. */
        FULL,
        /** Its id and the fields that changed. */
        CHANGED,
        /** Nothing. */
        NONE
    }

    /**
     * How documents are polled.
     *
     * @param every how often
     * @param by the path of a value that grows
     * @param overlap so much later, by that value, a document may appear among those there were
     */
    public record Poll(Duration every, String by, Duration overlap) {}

    private static final Pattern SCHEME = Pattern.compile("mongodb(\\+srv)?://.+");
    private static final String FIELDS = "fields.";
    private static final List<String> MEMBERS =
            List.of(
                    "time",
                    "kind",
                    "level",
                    "message",
                    "logger",
                    "workspace",
                    "workflow",
                    "run",
                    "task",
                    "attempt",
                    "step",
                    "status",
                    "progress",
                    "rows",
                    "error",
                    "name",
                    "value",
                    "unit");
    private static final List<String> OPTIONS =
            List.of(
                    "type",
                    "uri",
                    "uri-variable",
                    "uri-file",
                    "database",
                    "collections",
                    "mode",
                    "updates",
                    "start",
                    "poll",
                    "by",
                    "overlap",
                    "batch",
                    "fields.{member}");

    /** Copies. */
    public MongoSourceSettings {
        collections = List.copyOf(collections);
        fields = Map.copyOf(fields);
    }

    /** How such a source is named in the settings. */
    static final String TYPE = "mongodb";

    static MongoSourceSettings of(SourceOptions options) {
        boolean polled = options.word("mode", "watch", "poll").equals("poll");
        Poll poll = poll(options);
        Map<String, String> fields = fields(options);
        var settings =
                new MongoSourceSettings(
                        options.name(),
                        uri(options),
                        database(options),
                        collections(options),
                        switch (options.word("updates", "full", "changed", "none")) {
                            case "changed" -> Updates.CHANGED;
                            case "none" -> Updates.NONE;
                            default -> Updates.FULL;
                        },
                        options.word("start", "end", "beginning").equals("beginning"),
                        polled ? poll : null,
                        (int) options.number("batch", 1_000, 1, 10_000),
                        fields,
                        messages(options, !fields.isEmpty()));
        options.checkAllKnown(OPTIONS, MessageSettings.OPTIONS);
        return settings;
    }

    /** Documents whose fields are named are events of ours. */
    private static MessageSettings messages(SourceOptions options, boolean named) {
        MessageSettings given = MessageSettings.of(options);
        return named && given.dialect() == MessageSettings.Dialect.AUTO
                ? new MessageSettings(
                        MessageSettings.Dialect.TAILRACE,
                        given.about(),
                        given.recognise(),
                        given.zone(),
                        given.level(),
                        given.logger())
                : given;
    }

    private static Uri uri(SourceOptions options) {
        String example = "uri = \"mongodb://user:password@host:27017/?replicaSet=rs0\"";
        String text = options.secret("uri").orElseThrow(() -> options.missing("uri", example));
        if (!SCHEME.matcher(text).matches()) {
            throw options.wrong(
                    "uri", "…", "a connection string such as mongodb://user:password@host:27017/");
        }
        return new Uri(text);
    }

    private static String database(SourceOptions options) {
        String name =
                options.text("database")
                        .orElseThrow(() -> options.missing("database", "database = shop"));
        if (name.isEmpty() || name.length() > 63 || name.matches(".*[/\\\\. \"$*<>:|?\\x00].*")) {
            throw options.wrong("database", name, "the name of one database");
        }
        return name;
    }

    private static List<String> collections(SourceOptions options) {
        List<String> names = options.list("collections");
        for (String each : names) {
            if (each.length() > 255 || each.indexOf('$') >= 0 || each.startsWith("system.")) {
                throw options.wrong(
                        "collections", each, "names of collections or patterns with '*'");
            }
        }
        return names;
    }

    private static Poll poll(SourceOptions options) {
        return new Poll(
                options.time("poll", "5s", Duration.ofMillis(10), Duration.ofHours(1)),
                options.text("by").filter(by -> !by.isEmpty()).orElse("_id"),
                options.time("overlap", "10s", Duration.ZERO, Duration.ofMinutes(10)));
    }

    private static Map<String, String> fields(SourceOptions options) {
        Map<String, String> fields = new TreeMap<>();
        for (String member : MEMBERS) {
            options.text(FIELDS + member).ifPresent(path -> fields.put(member, path));
        }
        return fields;
    }
}
