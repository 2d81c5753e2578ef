package io.tailrace.server.settings;

import java.time.Duration;

/**
 * How streams behave.
 *
 * @param heartbeat the longest silence on a stream
 * @param writeTimeout how long a write may take before the reader is given up
 * @param maxChannels how many channels a stream may begin with
 */
public record StreamSettings(Duration heartbeat, Duration writeTimeout, int maxChannels) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static StreamSettings of(SettingValues values) {
        return new StreamSettings(
                values.of(SettingKey.HEARTBEAT).time(SECOND, HOUR),
                values.of(SettingKey.WRITE_TIMEOUT).time(SECOND, HOUR),
                (int) values.of(SettingKey.MAX_CHANNELS_PER_STREAM).number(1, Integer.MAX_VALUE));
    }
}
