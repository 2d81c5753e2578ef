package io.tailrace.desktop.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * Ascending line numbers, 4 bytes each, in chunks so that adding never copies what is there. The
 * index of an element never changes, also when the oldest elements leave. Not thread-safe.
 */
final class LineList {

    private static final int CHUNK = 1 << 13;

    private record Chunk(long base, int[] offsets) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private long removed; // elements of chunks that left, a multiple of CHUNK
    private long first;
    private long size;

    /** Adds a number greater than all before. */
    void add(long line) {
        int at = (int) (size % CHUNK);
        Chunk last;
        if (at == 0) {
            last = new Chunk(line, new int[CHUNK]);
            chunks.add(last);
        } else {
            last = chunks.getLast();
        }
        long offset = line - last.base;
        if (offset > Integer.MAX_VALUE) {
            throw new IllegalStateException("Too far apart: " + last.base + " and " + line);
        }
        last.offsets[at] = (int) offset;
        size++;
    }

    /** The element at an index from {@link #first} up to {@link #size}. */
    long get(long index) {
        Chunk chunk = chunks.get((int) ((index - removed) / CHUNK));
        return chunk.base + chunk.offsets[(int) (index % CHUNK)];
    }

    /** The index of the oldest element still there. */
    long first() {
        return first;
    }

    /** One more than the index of the newest element. */
    long size() {
        return size;
    }

    /** How many elements there are. */
    long count() {
        return size - first;
    }

    /** The index of the first element that is not less than a line; {@link #size} if none is. */
    long lowerBound(long line) {
        long low = first;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle) < line) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Removes the elements less than a line. */
    void dropBefore(long line) {
        if (first == size || get(first) >= line) {
            return;
        }
        first = lowerBound(line);
        int gone = (int) (first / CHUNK - removed / CHUNK);
        chunks.subList(0, Math.min(gone, chunks.size())).clear();
        removed += (long) gone * CHUNK;
    }
}
