package io.tailrace.server.broker;

import java.time.Duration;

/**
 * The bounds of a broker.
 *
 * @param tailBytes how many bytes of recent frames are kept in memory
 * @param queueBytes how many bytes of JSON may wait for the writer
 * @param queueEntries how many entries may wait for the writer
 * @param queueWait how long a publisher waits for room before it is refused
 * @param maxChannels how many channels there may be
 */
public record BrokerOptions(
        long tailBytes, long queueBytes, int queueEntries, Duration queueWait, int maxChannels) {

    /** What fits a gateway on a small machine. */
    public static final BrokerOptions DEFAULT =
            new BrokerOptions(64L << 20, 64L << 20, 200_000, Duration.ofSeconds(10), 100_000);
}
