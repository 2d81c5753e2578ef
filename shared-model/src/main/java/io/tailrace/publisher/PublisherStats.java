package io.tailrace.publisher;

/**
 * What became of the events given to a publisher; the four counts add up to all of them.
 *
 * @param queued waiting or on their way; after closing: never acknowledged
 * @param acknowledged durable at the gateway
 * @param rejected refused by the gateway for good, or not encodable
 * @param dropped given up for want of memory, or published after closing
 * @param queuedBytes the memory that the queued ones take
 */
public record PublisherStats(
        long queued, long acknowledged, long rejected, long dropped, long queuedBytes) {}
