package io.tailrace.server.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One reader's gzip stream, made of blocks that look back at nothing before them: each can be
 * shared by all readers, and only the checksum is everyone's own.
 */
final class Gzip {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    // What compresses takes a quarter of a megabyte outside the heap: a few for all.
    private static final ArrayBlockingQueue<Deflater> POOL = new ArrayBlockingQueue<>(4);

    private final CRC32 crc = new CRC32();
    private int length;

    /** What comes before the first block. */
    static byte[] header() {
        return HEADER.clone();
    }

    /** A block that every decoder can unpack at once, wherever it comes in a stream. */
    static byte[] block(byte[] plain, int size) {
        Deflater deflater = POOL.poll();
        if (deflater == null) {
            deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }
        deflater.reset();
        deflater.setInput(plain, 0, size);
        byte[] block = new byte[size + size / 1_000 + 64];
        int count = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
        while (count == block.length) { // the flush is complete when there is room left
            block = Arrays.copyOf(block, 2 * count);
            count += deflater.deflate(block, count, count, Deflater.FULL_FLUSH);
        }
        if (!POOL.offer(deflater)) {
            deflater.end();
        }
        return Arrays.copyOf(block, count);
    }

    /** So much was written to this reader, packed or not. */
    void passed(byte[] plain, int size) {
        crc.update(plain, 0, size);
        length += size;
    }

    /** The end of the stream, with what decoders check. */
    byte[] end() {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3) // a last block without content
                .put((byte) 0)
                .putInt((int) crc.getValue())
                .putInt(length)
                .array();
    }
}
