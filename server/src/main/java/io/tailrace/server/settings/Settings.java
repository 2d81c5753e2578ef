package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the gateway runs.
 *
 * @param listen where it listens, and to whom
 * @param store where events are kept, and for how long
 * @param streams how streams behave
 * @param ingest what publishers may send
 * @param access who may do what
 * @param tls the files for https, or null for http
 * @param limits how much of everything one caller, and all together, may have
 * @param ops how it is operated
 * @param sources where it fetches events itself
 */
public record Settings(
        ListenSettings listen,
        StoreSettings store,
        StreamSettings streams,
        IngestSettings ingest,
        AccessSettings access,
        @Nullable TlsSettings tls,
        LimitSettings limits,
        OpsSettings ops,
        List<SourceSettings> sources) {

    /** Copies. */
    public Settings {
        sources = List.copyOf(sources);
    }

    /**
     * Reads defaults, a file, the environment and the command line; the later wins.
     *
     * @throws SettingsException with one sentence that names the setting that is wrong
     */
    public static Settings load(String[] args, Map<String, String> environment) {
        SettingValues values = SettingSources.gather(args, environment);
        return new Settings(
                ListenSettings.of(values),
                StoreSettings.of(values, environment),
                StreamSettings.of(values),
                IngestSettings.of(values),
                AccessSettings.of(values, environment),
                TlsSettings.of(values),
                LimitSettings.of(values),
                OpsSettings.of(values),
                SourceSettings.of(values));
    }

    /**
     * The file of API tokens, null for none, from the same places: the secrets of sources and keys,
     * which only the gateway may read, are not asked for.
     *
     * @throws SettingsException when a setting that leads to it is wrong
     */
    public static @Nullable Path tokens(String[] args, Map<String, String> environment) {
        SettingValues values = SettingSources.gather(args, environment);
        return AccessSettings.of(values, environment).tokens();
    }

    /** All settings with their defaults, for people. */
    public static String help() {
        StringBuilder text =
                new StringBuilder(
                        """
                        The Tailrace gateway: takes events in, keeps them, streams them.

                        Settings come from --config=FILE (.conf, .json or .properties) or
                        TAILRACE_CONFIG, then from the environment, then from the command line.

                        token create --name=NAME --grant=GRANT [--grant=…] [--expires=30d]
                        token list
                        token revoke ID
                              API tokens, in the data directory; a running gateway sees the change.

                        """);
        for (SettingKey key : SettingKey.values()) {
            String standard = key.standard().isEmpty() ? "" : " [" + key.standard() + "]";
            text.append(
                    "  --%s=…%s%n      %s; %s. %s%n"
                            .formatted(
                                    key.key(), standard, key.help(), key.needed(), key.variable()));
        }
        return text.toString();
    }
}
