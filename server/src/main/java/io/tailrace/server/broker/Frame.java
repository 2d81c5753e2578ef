package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.SseFrame;

/**
 * An entry ready to be sent. It is put into the form of a server-sent event when the first reader
 * needs it: most entries of busy channels are never sent while they are in memory. Thread-safe.
 */
public final class Frame {

    private final Channel channel;
    private final long position;
    private final long received;
    private final int weight;
    // The bytes, or the entry with the epoch of its log that they are made of. Two readers may make
    // the same at once.
    private volatile Object content;

    private record Unsent(String epoch, StoredEntry entry) {}

    /** An entry of the log with that epoch. */
    Frame(String epoch, StoredEntry entry) {
        this(
                entry.channel(),
                entry.position(),
                entry.received(),
                entry.json().length,
                new Unsent(epoch, entry));
    }

    /** One whose bytes are there: the server-sent event, which must not change. */
    public Frame(Channel channel, long position, long received, byte[] bytes) {
        this(channel, position, received, bytes.length, bytes);
    }

    private Frame(Channel channel, long position, long received, int weight, Object content) {
        this.channel = channel;
        this.position = position;
        this.received = received;
        this.weight = weight;
        this.content = content;
    }

    /** Where it is. */
    public Channel channel() {
        return channel;
    }

    /** Its place in the log. */
    public long position() {
        return position;
    }

    /** When the gateway got it, milliseconds since 1970. */
    public long received() {
        return received;
    }

    /** About how many bytes it keeps in memory. */
    int weight() {
        return weight;
    }

    /** The server-sent event; shared, must not change. */
    public byte[] bytes() {
        return switch (content) {
            case Unsent unsent -> made(unsent);
            case byte[] bytes -> bytes;
            default -> throw new IllegalStateException("A frame holds its bytes or its entry.");
        };
    }

    private byte[] made(Unsent unsent) {
        StoredEntry entry = unsent.entry();
        String id = unsent.epoch() + '-' + position;
        byte[] bytes = SseFrame.event(id, entry.kind(), entry.json());
        content = bytes;
        return bytes;
    }
}
