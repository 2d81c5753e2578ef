package io.tailrace.server.stream;

import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Bytes that all readers of an audience get who stand at the same position: framed once, packed
 * once. Of one thread at a time.
 */
final class Block {

    private final long from;
    private final long limit;
    private final long to;
    private final List<Frame> frames;
    private final byte[] plain;
    private byte @Nullable [] chunk;
    private byte @Nullable [] packed;

    /**
     * What was found.
     *
     * @param from where its readers stand
     * @param limit up to where was looked
     */
    Block(long from, long limit, Batch batch) {
        this.from = from;
        this.limit = limit;
        this.to = batch.position();
        this.frames = batch.frames();
        this.plain = new byte[batch.bytes()];
        int at = 0;
        for (Frame frame : frames) {
            System.arraycopy(frame.bytes(), 0, plain, at, frame.bytes().length);
            at += frame.bytes().length;
        }
    }

    /** Bytes for one reader who stays where he is. */
    Block(long position, byte[] bytes) {
        this.from = position;
        this.limit = position;
        this.to = position;
        this.frames = List.of();
        this.plain = bytes;
    }

    /** Whether this is for a reader at that position when so much is visible. */
    boolean fits(long position, long visible) {
        return from == position && limit == visible;
    }

    /** Where a reader stands who has it. */
    long to() {
        return to;
    }

    /** The entries in it. */
    List<Frame> frames() {
        return frames;
    }

    /** How many bytes, without framing. */
    int size() {
        return plain.length;
    }

    /** The bytes as they are. */
    byte[] plain() {
        return plain;
    }

    /** Ready for a connection. */
    byte[] chunk() {
        byte[] ready = chunk;
        if (ready == null) {
            ready = SocketWire.chunk(plain, plain.length);
            chunk = ready;
        }
        return ready;
    }

    /** Ready for a connection whose body is packed. */
    byte[] packed() {
        byte[] ready = packed;
        if (ready == null) {
            byte[] block = Gzip.block(plain, plain.length);
            ready = SocketWire.chunk(block, block.length);
            packed = ready;
        }
        return ready;
    }
}
