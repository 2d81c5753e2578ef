package io.tailrace.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where events are kept, and for how long.
 *
 * @param memory whether they are kept in memory only
 * @param data where they are kept otherwise
 * @param sync whether every write is forced to the disk
 * @param retentionAge events older than this may go
 * @param retentionBytes the most bytes kept per channel
 * @param retentionCount the most events kept per channel
 * @param trimPeriod how often what retention forbids is removed
 * @param tailBytes memory for the newest events
 */
public record StoreSettings(
        boolean memory,
        Path data,
        boolean sync,
        Duration retentionAge,
        long retentionBytes,
        long retentionCount,
        Duration trimPeriod,
        long tailBytes) {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    static StoreSettings of(SettingValues values, Map<String, String> environment) {
        return new StoreSettings(
                values.of(SettingKey.STORE).word("rocksdb", "memory").equals("memory"),
                data(values.of(SettingKey.DATA), environment),
                values.of(SettingKey.SYNC).flag(),
                values.of(SettingKey.RETENTION_AGE)
                        .time(Duration.ofSeconds(1), Duration.ofDays(36_500)),
                values.of(SettingKey.RETENTION_BYTES).size(KIB, Long.MAX_VALUE),
                values.of(SettingKey.RETENTION_COUNT).number(1, Long.MAX_VALUE),
                values.of(SettingKey.TRIM_PERIOD).time(Duration.ofMillis(100), Duration.ofDays(1)),
                values.of(SettingKey.TAIL_BYTES).size(MIB, 64 * GIB));
    }

    static Path data(SettingValue value, Map<String, String> environment) {
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
