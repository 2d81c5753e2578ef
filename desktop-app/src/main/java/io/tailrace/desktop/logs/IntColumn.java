package io.tailrace.desktop.logs;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A growing column of ints in chunks of 64 KiB: growing copies nothing, and no array is so large
 * that the collector rounds it up to whole regions.
 *
 * <p>One writer; other threads may read what was added before the store published its size.
 */
final class IntColumn implements Column {

    private static final int BITS = 14;
    private static final int CHUNK = 1 << BITS;

    private int[][] chunks = new int[8][];
    private int size;

    void add(int value) {
        int chunk = size >> BITS;
        if (chunk == chunks.length) {
            chunks = filled(Arrays.copyOf(chunks, chunk * 2));
        }
        if ((size & (CHUNK - 1)) == 0) {
            chunks[chunk] = new int[CHUNK];
        }
        chunks[chunk][size & (CHUNK - 1)] = value;
        size++;
    }

    int get(int index) {
        return chunks[index >> BITS][index & (CHUNK - 1)];
    }

    /** A reader that meets the new array before the next size is published sees its contents. */
    static <T> T filled(T array) {
        VarHandle.storeStoreFence();
        return array;
    }

    @Override
    public long value(int index) {
        return get(index);
    }

    @Override
    public long heap() {
        long bytes = 0;
        for (int[] chunk : chunks) {
            bytes += 4 + (chunk == null ? 0 : 16 + 4L * chunk.length);
        }
        return bytes;
    }
}
