package io.tailrace.publisher;

/**
 * What became of the events given to a publisher, and of those that a former one left on disk; the
 * first four counts add up to all of them.
 *
 * @param queued waiting or on their way; after closing: never acknowledged
 * @param acknowledged durable at the gateway
 * @param rejected refused by the gateway for good, or not encodable
 * @param dropped given up for want of memory, published after closing, or unreadable on disk
 * @param queuedBytes the memory that the queued ones take
 * @param spilled how many of the queued ones lie on disk: the next publisher with the same folder
 *     sends them
 */
public record PublisherStats(
        long queued,
        long acknowledged,
        long rejected,
        long dropped,
        long queuedBytes,
        long spilled) {

    /** Of a publisher that does not run. */
    static final PublisherStats NONE = new PublisherStats(0, 0, 0, 0, 0, 0);
}
