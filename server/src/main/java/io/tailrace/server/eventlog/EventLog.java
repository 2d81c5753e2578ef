package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An append-only store of entries over many channels.
 *
 * <p>Positions are given here and only here: one counter over all channels, without holes. {@link
 * #append} is called by one thread, the broker's writer; everything else by any thread.
 */
public interface EventLog extends AutoCloseable {

    /** The identity of this log's life: another one means that old positions mean nothing here. */
    String epoch();

    /** The position of the newest entry; 0 while there is none. */
    long newest();

    /**
     * Stores a batch. When this returns, the batch is durable and readable; when it throws, nothing
     * of it is stored and no position was used.
     *
     * @param batch what to store, in this order
     * @param receipts answers to remember by idempotency key, stored in the same write
     * @return the position of the first entry; the others follow without holes
     * @throws EventLogException when the store refuses, for example because the disk is full
     */
    long append(List<NewEntry> batch, Map<String, byte[]> receipts);

    /** The answer that was remembered under an idempotency key, while it is kept. */
    Optional<byte[]> receipt(String key);

    /** Every channel that ever had an entry. */
    List<ChannelInfo> channels();

    /**
     * Entries of some channels in order of position.
     *
     * @param channels whose entries
     * @param after only entries behind this position
     * @param upTo only entries up to and including this position
     * @param maxEntries at most so many
     * @param maxBytes stop when so many bytes of JSON are reached; at least one entry is returned
     */
    List<StoredEntry> read(
            Collection<Channel> channels, long after, long upTo, int maxEntries, long maxBytes);

    /**
     * The position from which reading with {@code after} gives the newest {@code count} entries of
     * the channel.
     */
    long beforeNewest(Channel channel, long count, long upTo);

    /** Removes what retention no longer allows. */
    void trim(Retention retention, Instant now);

    /** A small piece of state that belongs to the log, such as a projection's checkpoint. */
    Optional<byte[]> note(String name);

    /** Stores such a piece. */
    void putNote(String name, byte[] value);

    /** Ends all use; what was appended is safe. */
    @Override
    void close();
}
