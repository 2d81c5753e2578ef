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
 * #append} is called by one thread, the broker's writer; everything else by any thread, also a
 * virtual one. After {@link #close} what needs the store throws {@link EventLogException}.
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
     * @param batch what to store, in this order; may be empty, then only the receipts are stored
     * @param receipts answers to remember by idempotency key, stored in the same write
     * @param notes see {@link #putNote}, stored in the same write
     * @return the position of the first entry; the others follow without holes
     * @throws EventLogException when the store refuses, for example because the disk is full
     */
    long append(List<NewEntry> batch, Map<String, byte[]> receipts, Map<String, byte[]> notes);

    /** The same without notes. */
    default long append(List<NewEntry> batch, Map<String, byte[]> receipts) {
        return append(batch, receipts, Map.of());
    }

    /** The answer that was remembered under an idempotency key, while it is kept. */
    Optional<byte[]> receipt(String key);

    /** Every channel that ever had an entry. */
    List<ChannelInfo> channels();

    /** What the log holds of one channel; empty when it never had an entry. */
    default Optional<ChannelInfo> channel(Channel channel) {
        return channels().stream().filter(info -> info.channel().equals(channel)).findFirst();
    }

    /**
     * Entries of some channels in order of position.
     *
     * <p>The result is a prefix of what lies behind {@code after}: an append is in it whole or, at
     * the end, not at all. A trim may take entries away before they are read. To know that none
     * were skipped, look at {@link ChannelInfo#trimmedTo} AFTER the read: when it is not above
     * {@code after}, the result is complete.
     *
     * @param channels whose entries; unknown ones have none
     * @param after only entries behind this position
     * @param upTo only entries up to and including this position
     * @param maxEntries at most so many
     * @param maxBytes at most so many bytes of JSON; a first entry larger than that comes alone
     */
    List<StoredEntry> read(
            Collection<Channel> channels, long after, long upTo, int maxEntries, long maxBytes);

    /**
     * The position from which reading with {@code after} gives the newest {@code count} entries of
     * the channel that lie at or before {@code upTo}.
     */
    long beforeNewest(Channel channel, long count, long upTo);

    /**
     * Removes what retention no longer allows, always the oldest entries of a channel. Takes a
     * while on a large log; appends and reads go on beside it.
     */
    void trim(Retention retention, Instant now);

    /** A small piece of state that belongs to the log, such as a projection's checkpoint. */
    Optional<byte[]> note(String name);

    /** Stores such a piece durably; an empty one removes it. */
    default void putNote(String name, byte[] value) {
        putNotes(Map.of(name, value));
    }

    /** Stores several such pieces in one write. */
    void putNotes(Map<String, byte[]> notes);

    /**
     * Why some of what was stored cannot be read any more, in one sentence; empty while nothing of
     * the kind was met. It stays so until the log is opened anew.
     */
    default Optional<String> damage() {
        return Optional.empty();
    }

    /** Ends all use, after the calls that are under way; what was appended is safe. */
    @Override
    void close();
}
