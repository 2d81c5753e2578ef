package io.tailrace.server.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what was written: defaults, then a file, the environment and the command line. */
final class SettingSources {

    private static final System.Logger LOGGER = System.getLogger(SettingSources.class.getName());
    private static final String CONFIG_VARIABLE = "TAILRACE_CONFIG";

    private static final String PULLED = "sources.";

    private final Map<SettingKey, SettingValue> values = new EnumMap<>(SettingKey.class);
    private final Map<String, SourceOptions> pulled = new TreeMap<>();

    private SettingSources() {
        for (SettingKey key : SettingKey.values()) {
            values.put(key, SettingValue.of(key, key.standard(), "the defaults"));
        }
    }

    static SettingValues gather(String[] args, Map<String, String> environment) {
        var sources = new SettingSources();
        Map<String, String> options = options(args);
        String fromOption = options.remove("config");
        String file = fromOption != null ? fromOption : environment.get(CONFIG_VARIABLE);
        if (file != null && !file.isBlank()) {
            sources.file(Path.of(file));
        }
        sources.environment(environment);
        options.forEach((key, text) -> sources.put(key, text, "the command line (--" + key + ")"));
        return new SettingValues(sources.values, sources.pulled);
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new TreeMap<>();
        for (String arg : args) {
            if (!arg.startsWith("--")) {
                throw new SettingsException(
                        "'%s' is not an option: write --key=value, or --help for all keys."
                                .formatted(arg));
            }
            int equals = arg.indexOf('=');
            String key = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
            options.put(key, equals < 0 ? "true" : arg.substring(equals + 1));
        }
        return options;
    }

    private void file(Path path) {
        String name = String.valueOf(path.getFileName());
        if (!name.endsWith(".conf") && !name.endsWith(".json") && !name.endsWith(".properties")) {
            throw new SettingsException(
                    "The settings file '%s' must end in .conf (HOCON), .json or .properties."
                            .formatted(path));
        }
        if (!Files.isReadable(path)) {
            throw new SettingsException(
                    "The settings file '%s' cannot be read: name one that exists.".formatted(path));
        }
        String source = "the file " + path;
        merged(read(path))
                .forEach((key, text) -> {
                    if (key.startsWith(PULLED)) {
                        pulled(key.substring(PULLED.length()), text, source);
                    } else {
                        put(key.replace('.', '-'), text, source);
                    }
                });
    }

    private static Map<String, String> read(Path path) {
        try {
            return Config.builder()
                    .addSource(ConfigSources.file(path))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .build()
                    .asMap()
                    .orElse(Map.of());
        } catch (ConfigException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SettingsException(
                    "The settings file '%s' cannot be understood: %s"
                            .formatted(path, String.valueOf(cause.getMessage())));
        }
    }

    /** Sections become parts of a key, and the items of a list become one text. */
    private static Map<String, String> merged(Map<String, String> read) {
        Map<String, String> merged = new TreeMap<>();
        new TreeMap<>(read)
                .forEach((path, text) -> {
                    String key = path.replaceFirst("\\.\\d+$", "");
                    merged.merge(key, text, (a, b) -> a + "," + b);
                });
        return merged;
    }

    /** {@code sources.NAME.OPTION}: where the gateway fetches events itself. */
    private void pulled(String path, String text, String source) {
        int dot = path.indexOf('.');
        if (dot < 1) {
            throw new SettingsException(
                    "Setting 'sources.%s' from %s must be a section: write sources { %s { type = file } }."
                            .formatted(path, source, path));
        }
        pulled.computeIfAbsent(path.substring(0, dot), name -> new SourceOptions(name, source))
                .put(path.substring(dot + 1), text);
    }

    private void environment(Map<String, String> environment) {
        for (SettingKey key : SettingKey.values()) {
            String text = environment.get(key.variable());
            // Kubernetes announces a service named tailrace with variables of its own.
            if (text != null && !text.startsWith("tcp://")) {
                put(key.key(), text, "the environment (" + key.variable() + ")");
            }
        }
        for (String name : environment.keySet()) {
            if (name.startsWith("TAILRACE_")
                    && !name.equals(CONFIG_VARIABLE)
                    && SettingKey.of(key(name)).isEmpty()) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "The environment variable " + name + " is not a setting of the gateway.");
            }
        }
    }

    private static String key(String variable) {
        return variable.substring("TAILRACE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void put(String key, @Nullable String text, String source) {
        SettingKey known =
                SettingKey.of(key)
                        .orElseThrow(() ->
                                new SettingsException(
                                        "There is no setting '%s', which comes from %s: --help"
                                                        .formatted(key, source)
                                                + " lists those there are."));
        values.put(known, SettingValue.of(known, text == null ? "" : text, source));
    }
}
