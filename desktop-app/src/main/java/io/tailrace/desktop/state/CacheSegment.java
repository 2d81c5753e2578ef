package io.tailrace.desktop.state;

import io.tailrace.client.StreamItem;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads a file of kept items: eight bytes that say what it is, then records of a length, a check
 * sum and as many bytes. Stateless.
 */
final class CacheSegment {

    static final long MAGIC = 0x7472_6361_6368_6531L; // "trcache1"
    static final int HEADER = Long.BYTES;
    static final int RECORD = 2 * Integer.BYTES;

    /** No record is longer; a length beyond that is no length. */
    static final int LONGEST = 64 << 20;

    private CacheSegment() {}

    /**
     * How reading went.
     *
     * @param length how many bytes are good
     * @param whole whether that is the whole file
     */
    record Result(long length, boolean whole) {}

    /**
     * Hands on every item up to the first that is damaged.
     *
     * @throws IOException when the file cannot be read at all
     */
    static Result read(Path file, Consumer<StreamItem> taker) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || buffer.getLong() != MAGIC) {
            return new Result(0, false);
        }
        CRC32C crc = new CRC32C();
        EventParser parser = new EventParser();
        while (buffer.remaining() >= RECORD) {
            int at = buffer.position();
            int length = buffer.getInt();
            int sum = buffer.getInt();
            if (length < 0 || length > LONGEST || length > buffer.remaining()) {
                return new Result(at, false);
            }
            crc.reset();
            crc.update(bytes, buffer.position(), length);
            if ((int) crc.getValue() != sum) {
                return new Result(at, false);
            }
            try {
                taker.accept(Kept.item(parser, bytes, buffer.position(), length));
            } catch (MalformedEventException e) {
                return new Result(at, false);
            }
            buffer.position(buffer.position() + length);
        }
        return new Result(buffer.position(), buffer.remaining() == 0);
    }

    /** The record of these bytes, ready to be written. */
    static ByteBuffer record(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return ByteBuffer.allocate(RECORD + bytes.length)
                .putInt(bytes.length)
                .putInt((int) crc.getValue())
                .put(bytes)
                .flip();
    }
}
