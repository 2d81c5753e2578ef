package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rocksdb.WriteBatch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

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
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final byte[] bytes; // exactly as many as there will be
    private final ByteBuffer out;
    private int count;
    private String kind = "";
    private byte[] kindBytes = new byte[0];

    /** With room for those entries. */
    EntryRecords(List<NewEntry> entries) {
        long size = HEADER;
        for (NewEntry entry : entries) {
            int value = value(entry);
            size += 1 + 1 + KEY + varintSize(value) + value;
        }
        if (size > MOST) {
            throw new EventLogException(
                    "One append takes at most 2 GiB of entries: send smaller batches.");
        }
        bytes = new byte[(int) size];
        out = ByteBuffer.wrap(bytes).position(HEADER);
    }

    private int value(NewEntry entry) {
        return StoreFormat.HEAD + kind(entry).length + entry.json().length;
    }

    private byte[] kind(NewEntry entry) {
        if (!entry.kind().equals(kind)) {
            kind = entry.kind();
            kindBytes = kind.getBytes(UTF_8);
            if (kindBytes.length > 0xffff) {
                throw new EventLogException("The kind of an event has at most 65535 bytes.");
            }
        }
        return kindBytes;
    }

    /** Adds the next of them under its key; see {@link StoreFormat}. */
    void add(int channel, long position, NewEntry entry, long index, long byteStart) {
        int value = value(entry);
        out.put(PUT).put((byte) KEY).putInt(channel).putLong(position);
        varint(value);
        StoreFormat.putHead(out, entry.received(), index, byteStart, kindBytes.length);
        out.put(kindBytes).put(entry.json());
        count++;
    }

    private static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** All of them; the caller closes it. */
    WriteBatch batch() {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0).putInt(count);
        return new WriteBatch(bytes);
    }
}
