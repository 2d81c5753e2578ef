package io.tailrace.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the gateway runs.
 *
 * @param port where it listens; 0 takes a free one
 * @param bind the address it listens on
 * @param hosts further names that requests may use for it
 * @param corsOrigins web pages that may use it, beside those on this machine; {@code *} for all
 * @param memory whether events are kept in memory only
 * @param data where they are kept otherwise
 * @param sync whether every write is forced to the disk
 * @param retentionAge events older than this may go
 * @param retentionBytes the most bytes kept per channel
 * @param retentionCount the most events kept per channel
 * @param heartbeat the longest silence on a stream
 * @param writeTimeout how long a write may take before the reader is given up
 * @param maxLine the longest line or single event, in bytes
 * @param maxBody the largest body that is read as a whole, in bytes
 * @param tailBytes memory for the newest events
 */
public record Settings(
        int port,
        InetAddress bind,
        List<String> hosts,
        List<String> corsOrigins,
        boolean memory,
        Path data,
        boolean sync,
        Duration retentionAge,
        long retentionBytes,
        long retentionCount,
        Duration heartbeat,
        Duration writeTimeout,
        int maxLine,
        int maxBody,
        long tailBytes) {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Copies the lists. */
    public Settings {
        hosts = List.copyOf(hosts);
        corsOrigins = List.copyOf(corsOrigins);
    }

    /**
     * Reads defaults, a file, the environment and the command line; the later wins.
     *
     * @throws SettingsException with one sentence that names the setting that is wrong
     */
    public static Settings load(String[] args, Map<String, String> environment) {
        Map<SettingKey, SettingValue> values = SettingSources.gather(args, environment);
        return new Settings(
                (int) of(values, SettingKey.PORT).number(0, 65_535),
                bind(values),
                of(values, SettingKey.HOSTS).list(),
                origins(of(values, SettingKey.CORS_ORIGINS)),
                of(values, SettingKey.STORE).word("rocksdb", "memory").equals("memory"),
                data(of(values, SettingKey.DATA), environment),
                of(values, SettingKey.SYNC).flag(),
                of(values, SettingKey.RETENTION_AGE).time(SECOND, Duration.ofDays(36_500)),
                of(values, SettingKey.RETENTION_BYTES).size(KIB, Long.MAX_VALUE),
                of(values, SettingKey.RETENTION_COUNT).number(1, Long.MAX_VALUE),
                of(values, SettingKey.HEARTBEAT).time(SECOND, HOUR),
                of(values, SettingKey.WRITE_TIMEOUT).time(SECOND, HOUR),
                (int) of(values, SettingKey.MAX_LINE).size(KIB, 64 * MIB),
                (int) of(values, SettingKey.MAX_BODY).size(KIB, 256 * MIB),
                of(values, SettingKey.TAIL_BYTES).size(MIB, 64 * GIB));
    }

    /** All settings with their defaults, for people. */
    public static String help() {
        StringBuilder text =
                new StringBuilder(
                        """
                        The Tailrace gateway: takes events in, keeps them, streams them.

                        Settings come from --config=FILE (.conf, .json or .properties) or
                        TAILRACE_CONFIG, then from the environment, then from the command line.

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

    private static SettingValue of(Map<SettingKey, SettingValue> values, SettingKey key) {
        SettingValue value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("There is no default for " + key.key() + ".");
        }
        return value;
    }

    /** Off loopback only when somebody says that this is meant: there is no access control yet. */
    private static InetAddress bind(Map<SettingKey, SettingValue> values) {
        SettingValue value = of(values, SettingKey.BIND);
        InetAddress address;
        try {
            if (value.text().isBlank()) {
                throw value.wrong();
            }
            address = InetAddress.getByName(value.text().strip());
        } catch (UnknownHostException e) {
            throw value.wrong();
        }
        boolean allowed = of(values, SettingKey.INSECURE_ALLOW_REMOTE).flag();
        if (!address.isLoopbackAddress() && !allowed) {
            throw new SettingsException(
                    "Setting 'bind' from %s is '%s', where other machines reach the gateway, which"
                                    .formatted(value.source(), value.text())
                            + " has no access control yet: set insecure-allow-remote=true if"
                            + " everybody there may read and write.");
        }
        return address;
    }

    private static List<String> origins(SettingValue value) {
        List<String> origins = value.list();
        for (String origin : origins) {
            if (!origin.equals("*") && !origin.matches("https?://[^/\\s]+")) {
                throw value.wrong();
            }
        }
        return origins;
    }

    private static Path data(SettingValue value, Map<String, String> environment) {
        try {
            if (!value.text().isBlank()) {
                return Path.of(value.text().strip()).toAbsolutePath();
            }
            String base = environment.get("XDG_DATA_HOME");
            Path home = Path.of(System.getProperty("user.home", "."));
            Path share =
                    base == null || base.isBlank() ? home.resolve(".local/share") : Path.of(base);
            return share.resolve("tailrace").toAbsolutePath();
        } catch (InvalidPathException e) {
            throw value.wrong();
        }
    }
}
