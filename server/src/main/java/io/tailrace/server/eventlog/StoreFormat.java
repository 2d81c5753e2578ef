package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

import java.nio.ByteBuffer;

/**
 * The bytes in the database, big-endian, so that keys sort by channel and then by position.
 *
 * <p>Entry: key {@code channel number u32 | position u64}; value {@code version u8 | received i64 |
 * index u64 | bytes before u64 | length of kind u16 | kind | JSON}. Channel: key name; value {@link
 * ChannelState}.
 */
final class StoreFormat {

    /** Of the whole database; a larger one was written by a newer Tailrace. */
    static final int VERSION = 1;

    /** The bytes of an entry's value before its kind's name. */
    static final int HEAD = 1 + 8 + 8 + 8 + 2;

    private static final byte ENTRY_VERSION = 1;
    private static final int CHANNEL_BYTES = 4 + 6 * 8;

    private StoreFormat() {}

    static byte[] key(int channel, long position) {
        return ByteBuffer.allocate(12).putInt(channel).putLong(position).array();
    }

    static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong(4);
    }

    /** Writes what stands before the kind's name. */
    static void putHead(ByteBuffer out, long received, long index, long byteStart, int kind) {
        out.put(ENTRY_VERSION)
                .putLong(received)
                .putLong(index)
                .putLong(byteStart)
                .putShort((short) kind);
    }

    static StoredEntry entry(Channel channel, long position, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long received = head(in, position).received();
        byte[] kind = new byte[in.getShort() & 0xffff];
        in.get(kind);
        byte[] json = new byte[in.remaining()];
        in.get(json);
        return new StoredEntry(channel, position, new String(kind, UTF_8), received, json);
    }

    /** Reads what stands before the kind. */
    static Head head(ByteBuffer in, long position) {
        byte version = in.get();
        if (version != ENTRY_VERSION) {
            throw new EventLogException(
                    "The entry at position %d has the unknown format %d: restore a backup, or start the newer Tailrace that wrote it."
                            .formatted(position, version));
        }
        return new Head(position, in.getLong(), in.getLong(), in.getLong());
    }

    static byte[] channel(ChannelState state) {
        return ByteBuffer.allocate(CHANNEL_BYTES)
                .putInt(state.number())
                .putLong(state.trimmedTo())
                .putLong(state.newest())
                .putLong(state.firstIndex())
                .putLong(state.endIndex())
                .putLong(state.firstByte())
                .putLong(state.endByte())
                .array();
    }

    static ChannelState channel(byte[] name, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return new ChannelState(
                new Channel(new String(name, UTF_8)),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /**
     * What is needed of an entry to decide whether it is kept.
     *
     * @param position its place
     * @param received milliseconds since 1970
     * @param index entries of its channel before it, ever
     * @param byteStart bytes of JSON of its channel before it, ever
     */
    record Head(long position, long received, long index, long byteStart) {}
}
