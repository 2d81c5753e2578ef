package io.tailrace.server.settings;

import java.time.Duration;

/**
 * How much of everything one caller, and all together, may have.
 *
 * @param streams the most streams and polls at once
 * @param streamsPerCaller of one token or user; whoever comes to an open gateway has no such limit
 * @param publishRate events a second of one publisher; 0 for no limit
 * @param publishBytes bytes of events a second of one publisher; 0 for no limit
 * @param questionRate questions a minute of one caller; 0 for no limit
 * @param header how long a request's header may take, counted from the connection
 * @param body how long a body that is read as a whole may take
 * @param idle how long a connection may stay without a request
 */
public record LimitSettings(
        int streams,
        int streamsPerCaller,
        long publishRate,
        long publishBytes,
        long questionRate,
        Duration header,
        Duration body,
        Duration idle) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 1_000_000;
    private static final long MOST_BYTES = 64L << 30;

    static LimitSettings of(SettingValues values) {
        return new LimitSettings(
                (int) values.of(SettingKey.MAX_STREAMS).number(1, MANY),
                (int) values.of(SettingKey.MAX_STREAMS_PER_CALLER).number(1, MANY),
                values.of(SettingKey.PUBLISH_RATE).number(0, 10 * MANY),
                values.of(SettingKey.PUBLISH_BYTES).size(0, MOST_BYTES),
                values.of(SettingKey.QUESTION_RATE).number(0, 100_000),
                values.of(SettingKey.HEADER_TIMEOUT).time(SECOND, HOUR),
                values.of(SettingKey.BODY_TIMEOUT).time(SECOND, HOUR),
                values.of(SettingKey.IDLE_TIMEOUT).time(SECOND, Duration.ofDays(1)));
    }
}
