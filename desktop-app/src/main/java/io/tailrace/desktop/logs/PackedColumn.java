package io.tailrace.desktop.logs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A column that no longer grows, off the heap: in each block of {@link Column#BLOCK} values their
 * distances from the least one, in as few bytes as the greatest of them needs. Any thread.
 *
 * <p>The memory begins with 16 bytes for each block (the least value, where its distances begin,
 * how wide they are), then the distances of all blocks follow.
 */
final class PackedColumn implements Column {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final int HEAD = 16;

    private final MemorySegment memory;

    /** Reads what {@link #pack} wrote. */
    PackedColumn(MemorySegment memory) {
        this.memory = memory;
    }

    /** The most bytes that so many values take. */
    static long room(int count) {
        return (long) blocks(count) * HEAD + 8L * count;
    }

    private static int blocks(int count) {
        return (count + BLOCK - 1) / BLOCK;
    }

    /** Writes a column's first values; answers how many bytes that took. */
    static long pack(Column column, int count, MemorySegment to) {
        long[] values = new long[BLOCK];
        long at = (long) blocks(count) * HEAD;
        for (int from = 0; from < count; from += BLOCK) {
            int some = Math.min(BLOCK, count - from);
            column.block(from, some, values);
            long least = values[0];
            long most = values[0];
            for (int i = 1; i < some; i++) {
                least = Math.min(least, values[i]);
                most = Math.max(most, values[i]);
            }
            int width = width(most - least);
            long head = (long) (from / BLOCK) * HEAD;
            to.set(LONG, head, least);
            to.set(INT, head + 8, Math.toIntExact(at));
            to.set(INT, head + 12, width);
            for (int i = 0; i < some; i++) {
                write(to, at + (long) i * width, width, values[i] - least);
            }
            at += (long) some * width;
        }
        return at;
    }

    private static int width(long distance) {
        return distance == 0
                ? 0
                : distance > 0 && distance < 1 << 8
                        ? 1
                        : distance > 0 && distance < 1 << 16
                                ? 2
                                : distance > 0 && distance < 1L << 31 ? 4 : 8;
    }

    private static void write(MemorySegment to, long at, int width, long distance) {
        switch (width) {
            case 0 -> {}
            case 1 -> to.set(BYTE, at, (byte) distance);
            case 2 -> to.set(SHORT, at, (short) distance);
            case 4 -> to.set(INT, at, (int) distance);
            default -> to.set(LONG, at, distance);
        }
    }

    @Override
    public long value(int index) {
        long head = (long) (index / BLOCK) * HEAD;
        int width = memory.get(INT, head + 12);
        long at = memory.get(INT, head + 8) + (long) (index % BLOCK) * width;
        return memory.get(LONG, head)
                + switch (width) {
                    case 0 -> 0;
                    case 1 -> memory.get(BYTE, at) & 0xff;
                    case 2 -> memory.get(SHORT, at) & 0xffff;
                    case 4 -> memory.get(INT, at);
                    default -> memory.get(LONG, at);
                };
    }

    /** Copies at once: a read of one value costs a hundred times as much before it is compiled. */
    @Override
    public void block(int from, int count, long[] into) {
        long head = (long) (from / BLOCK) * HEAD;
        int width = memory.get(INT, head + 12);
        long least = memory.get(LONG, head);
        long at = memory.get(INT, head + 8) + (long) (from % BLOCK) * width;
        switch (width) {
            case 0 -> Arrays.fill(into, 0, count, least);
            case 1 -> {
                byte[] some = new byte[count];
                MemorySegment.copy(memory, BYTE, at, some, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] = least + (some[i] & 0xff);
                }
            }
            case 2 -> {
                short[] some = new short[count];
                MemorySegment.copy(memory, SHORT, at, some, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] = least + (some[i] & 0xffff);
                }
            }
            case 4 -> {
                int[] some = new int[count];
                MemorySegment.copy(memory, INT, at, some, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] = least + some[i];
                }
            }
            default -> {
                MemorySegment.copy(memory, LONG, at, into, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] += least;
                }
            }
        }
    }

    @Override
    public long heap() {
        return 32;
    }
}
