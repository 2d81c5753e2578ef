package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A table of PostgreSQL to which rows are added.
 *
 * @param name of the source
 * @param url such as {@code jdbc:postgresql://host:5432/database}
 * @param user who reads, or null
 * @param password of that user, or null; not to be shown
 * @param properties for the driver, such as those of its security; not to be shown
 * @param table its name, perhaps with its schema
 * @param id the column with a growing whole number
 * @param payload the column with the message, or null when fields say what rows are
 * @param fields the members of an event, and the columns that they are in
 * @param time the column that says when a row was written, or null
 * @param channel which the writers of rows notify, or null
 * @param fromBeginning whether rows that are there at the very first start are read
 * @param reach how many ids before the newest may still be missing: as many as writers take ahead
 * @param poll how often is looked for rows when nobody notifies
 * @param messages how messages are understood
 */
public record PostgresSourceSettings(
        String name,
        String url,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> properties,
        String table,
        String id,
        @Nullable String payload,
        Map<String, String> fields,
        @Nullable String time,
        @Nullable String channel,
        boolean fromBeginning,
        long reach,
        Duration poll,
        MessageSettings messages)
        implements SourceSettings {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"]{1,63}");
    private static final List<String> OPTIONS =
            List.of(
                    "type",
                    "url",
                    "user",
                    "password",
                    "password-file",
                    "password-variable",
                    "properties",
                    "properties-file",
                    "table",
                    "id",
                    "payload",
                    "fields",
                    "time",
                    "notify",
                    "start",
                    "reach",
                    "poll");

    /** Copies. */
    public PostgresSourceSettings {
        properties = Map.copyOf(properties);
        fields = Map.copyOf(fields);
    }

    static PostgresSourceSettings of(SourceOptions options) {
        String url =
                options.text("url")
                        .orElseThrow(() ->
                                options.missing(
                                        "url", "url = \"jdbc:postgresql://host:5432/database\""));
        if (!url.matches("(?s)jdbc:postgresql:.+") || url.matches("(?si).*[?&]password=.*")) {
            throw options.wrong(
                    "url",
                    url.replaceAll("(?si)password=[^&]*", "password=…"),
                    "a URL such as jdbc:postgresql://host:5432/database, without a password,");
        }
        String table =
                options.text("table")
                        .orElseThrow(() -> options.missing("table", "table = \"public.events\""));
        Map<String, String> fields = options.section("fields");
        String payload = options.text("payload").orElse(fields.isEmpty() ? "payload" : null);
        if (payload != null && !fields.isEmpty()) {
            throw options.wrong("payload", payload, "either payload or fields, not both,");
        }
        var settings =
                new PostgresSourceSettings(
                        options.name(),
                        url,
                        options.text("user").orElse(null),
                        options.secret("password").orElse(null),
                        options.properties(),
                        table,
                        options.text("id").orElse("id"),
                        payload,
                        fields,
                        options.text("time").orElse(null),
                        options.text("notify").orElse(null),
                        options.word("start", "beginning", "end").equals("beginning"),
                        options.number("reach", 1_000, 0, 1_000_000),
                        options.time("poll", "1s", Duration.ofMillis(10), Duration.ofHours(1)),
                        MessageSettings.of(options));
        settings.checkNames(options);
        options.checkAllKnown(OPTIONS, MessageSettings.OPTIONS);
        return settings;
    }

    private void checkNames(SourceOptions options) {
        for (String part : table.split("\\.", -1)) {
            check(options, "table", part);
        }
        check(options, "id", id);
        check(options, "payload", payload);
        check(options, "time", time);
        check(options, "notify", channel);
        fields.values().forEach(column -> check(options, "fields", column));
    }

    private static void check(SourceOptions options, String option, @Nullable String name) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw options.wrong(option, name, "a name of 1 to 63 characters without quotes");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresSourceSettings[" + name + ", " + table + "]";
    }
}
