package io.tailrace.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How patient a root connection is; tests put their own time in.
 *
 * @param backoff how long to wait between tries
 * @param connect how long opening a connection may take
 * @param answer how long the gateway may take to answer the request
 * @param first how long an open stream's first bytes may take, and half of what the answer to its
 *     request may take: the gateway sends both at once
 * @param silence how long an open stream may be silent before its first frame names the heartbeat
 * @param pacer time itself
 * @param random for the jitter
 */
public record Timing(
        Backoff backoff,
        Duration connect,
        Duration answer,
        Duration first,
        Duration silence,
        Pacer pacer,
        RandomGenerator random) {

    /** What suits a console. */
    public static Timing standard() {
        return new Timing(
                Backoff.standard(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(75),
                Pacer.system(),
                RandomGenerator.getDefault());
    }
}
