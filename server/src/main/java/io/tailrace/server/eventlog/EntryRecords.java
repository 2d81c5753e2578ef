package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rocksdb.WriteBatch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Entries in the form in which RocksDB keeps a write batch, so that one native call takes them all
 * instead of one each, which costs more than all the rest of an append.
 *
 * <p>The form is that of {@code db/write_batch.cc}, which write-ahead logs share: a sequence number
 * (u64) and a count (u32), both little-endian, then for each put into the default column family a
 * byte 1, the key and the value, each behind its length as a varint.
 */
final class EntryRecords {

    private static final int HEADER = 8 + 4;
    private static final byte PUT = 1;
    private static final int KEY = 4 + 8;
    // A byte for the tag, one for the length of the key, five for that of the value.
    private static final int FRAME = 1 + 1 + 5;
    private static final int MOST = Integer.MAX_VALUE - 64;

    private byte[] bytes = new byte[64 * 1024];
    private ByteBuffer out = ByteBuffer.wrap(bytes).position(HEADER);
    private int count;

    /** Adds an entry under its key; see {@link StoreFormat}. */
    void add(int channel, long position, NewEntry entry, long index, long byteStart) {
        byte[] kind = entry.kind().getBytes(UTF_8);
        if (kind.length > 0xffff) {
            throw new EventLogException("The kind of an event has at most 65535 bytes.");
        }
        int value = StoreFormat.HEAD + kind.length + entry.json().length;
        room(FRAME + KEY + value);
        out.put(PUT).put((byte) KEY).putInt(channel).putLong(position);
        varint(value);
        StoreFormat.putHead(out, entry.received(), index, byteStart, kind.length);
        out.put(kind).put(entry.json());
        count++;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private void room(int more) {
        if (out.remaining() < more) {
            long needed = (long) out.position() + more;
            if (needed > MOST) {
                throw new EventLogException(
                        "One append takes at most 2 GiB of entries: send smaller batches.");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, bytes.length * 2L)));
            out = ByteBuffer.wrap(bytes).position(out.position());
        }
    }

    /** All of them; the caller closes it. */
    WriteBatch batch() {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0).putInt(count);
        return new WriteBatch(Arrays.copyOf(bytes, out.position()));
    }
}
