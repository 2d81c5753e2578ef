package io.tailrace.server.stream;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param heartbeat the longest silence on a stream
 * @param writeTimeout a write that takes longer ends the stream
 * @param retry how long readers are asked to wait before they reconnect
 * @param perSession how many streams of one session id may be open at once
 */
public record SessionOptions(
        Duration heartbeat, Duration writeTimeout, Duration retry, int perSession) {

    /** 30 s, 30 s, 2 s, three. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(
                    Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2), 3);
}
