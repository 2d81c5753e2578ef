package io.tailrace.server.stream;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param heartbeat the longest silence on a stream
 * @param writeTimeout a write that takes longer ends the stream
 * @param retry how long readers are asked to wait before they reconnect
 * @param perSession how many streams of one session id may be open at once
 * @param maxChannels how many channels a stream may begin with
 */
public record SessionOptions(
        Duration heartbeat,
        Duration writeTimeout,
        Duration retry,
        int perSession,
        int maxChannels) {

    /** 30 s, 30 s, 2 s, three, 10,000. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(2),
                    3,
                    10_000);
}
