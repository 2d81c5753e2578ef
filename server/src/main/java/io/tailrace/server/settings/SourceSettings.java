package io.tailrace.server.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A place from which the gateway fetches events itself. */
public sealed interface SourceSettings
        permits FileSourceSettings,
                KafkaSourceSettings,
                MongoSourceSettings,
                PostgresSourceSettings {

    /** Tells it from the others; its position is kept under this name. */
    String name();

    /** For an option that the library which talks to the other side does not take. */
    default SettingsException unusable(String option, String why) {
        return new SettingsException(
                "Setting 'sources.%s.%s' cannot be used: %s".formatted(name(), option, why));
    }

    /** All that are configured, by name. */
    static List<SourceSettings> of(SettingValues values) {
        Pattern names = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
        List<SourceSettings> sources = new ArrayList<>();
        for (SourceOptions options : values.sources().values()) {
            if (!names.matcher(options.name()).matches()) {
                throw new SettingsException(
                        "The source '%s' needs another name: 1 to 64 of a-z, 0-9, '_' and '-'."
                                .formatted(options.name()));
            }
            sources.add(of(options));
        }
        return List.copyOf(sources);
    }

    private static SourceSettings of(SourceOptions options) {
        String type =
                options.text("type").orElseThrow(() -> options.missing("type", "type = file"));
        return switch (type) {
            case "file" -> FileSourceSettings.of(options);
            case "kafka" -> KafkaSourceSettings.of(options);
            case MongoSourceSettings.TYPE -> MongoSourceSettings.of(options);
            case "postgresql" -> PostgresSourceSettings.of(options);
            default -> throw options.wrong("type", type, "one of file, kafka, mongodb, postgresql");
        };
    }
}
