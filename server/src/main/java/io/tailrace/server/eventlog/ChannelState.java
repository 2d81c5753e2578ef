package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

/**
 * What {@link RocksDbEventLog} knows of one channel.
 *
 * <p>Every entry is stored with the number and the bytes of all entries of its channel before it,
 * so the difference of two such pairs gives exact sums, and any cut can be found by binary search.
 *
 * @param channel which
 * @param number stands for the channel in keys; from 1
 * @param trimmedTo every entry up to this position is gone
 * @param newest the position of the newest entry ever
 * @param firstIndex entries before the oldest kept one
 * @param endIndex entries ever
 * @param firstByte bytes of JSON before the oldest kept entry
 * @param endByte bytes of JSON ever
 */
record ChannelState(
        Channel channel,
        int number,
        long trimmedTo,
        long newest,
        long firstIndex,
        long endIndex,
        long firstByte,
        long endByte) {

    static ChannelState empty(Channel channel, int number) {
        return new ChannelState(channel, number, 0, 0, 0, 0, 0, 0);
    }

    /** With more entries; so many were there ever then. */
    ChannelState grown(long position, long entries, long bytes) {
        return new ChannelState(
                channel, number, trimmedTo, position, firstIndex, entries, firstByte, bytes);
    }

    ChannelState trimmed(Cut cut) {
        return new ChannelState(
                channel,
                number,
                cut.trimmedTo(),
                newest,
                cut.firstIndex(),
                endIndex,
                cut.firstByte(),
                endByte);
    }

    /** The channel's key in the database. */
    byte[] key() {
        return channel.name().getBytes(UTF_8);
    }

    Cut cut() {
        return new Cut(trimmedTo, firstIndex, firstByte);
    }

    ChannelInfo info() {
        return new ChannelInfo(
                channel, trimmedTo, newest, endIndex - firstIndex, endByte - firstByte);
    }

    /**
     * Where the kept entries of a channel begin.
     *
     * @param trimmedTo the position of the last entry that is gone
     * @param firstIndex entries before the oldest kept one
     * @param firstByte bytes of JSON before the oldest kept one
     */
    record Cut(long trimmedTo, long firstIndex, long firstByte) {}
}
