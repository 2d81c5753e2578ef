package io.tailrace.desktop.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ascending line numbers, 4 bytes each, in chunks so that adding never copies what is there. The
 * index of an element changes only when elements are inserted before it. Not thread-safe.
 */
final class LineList {

    private static final int CHUNK = 1 << 13;

    /** Elements that lie near together; one thread changes it. */
    private static final class Chunk {

        private final long base;
        private int[] offsets;
        private int from;
        private int to;
        private long index; // of the element at 'from' in the whole list

        Chunk(long base, int room) {
            this.base = base;
            this.offsets = new int[room];
        }

        long get(int at) {
            return base + (offsets[at] & 0xffffffffL);
        }

        boolean takes(long line) {
            return to < CHUNK && line - base <= 0xffffffffL;
        }

        void add(long line) {
            if (to == offsets.length) {
                offsets = Arrays.copyOf(offsets, Math.min(CHUNK, to * 2));
            }
            offsets[to++] = (int) (line - base);
        }

        int lowerBound(long line) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (get(middle) < line) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private long first;
    private long size;

    /** Adds a number greater than all before. */
    void add(long line) {
        Chunk last = chunks.isEmpty() ? null : chunks.getLast();
        if (last == null || !last.takes(line)) {
            last = new Chunk(line, 16);
            last.index = size;
            chunks.add(last);
        }
        last.add(line);
        size++;
    }

    /** The element at an index from {@link #first} up to {@link #size}. */
    long get(long index) {
        Chunk chunk = chunks.get(chunkAt(index));
        return chunk.get(chunk.from + (int) (index - chunk.index));
    }

    private int chunkAt(long index) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunks.get(middle).index <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The chunk that has a number or would have it. */
    private int chunkOf(long line) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            Chunk chunk = chunks.get(middle);
            if (chunk.get(chunk.from) <= line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
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
        if (chunks.isEmpty()) {
            return size;
        }
        Chunk chunk = chunks.get(chunkOf(line));
        return chunk.index + chunk.lowerBound(line) - chunk.from;
    }

    /** Whether a line is among them. */
    boolean contains(long line) {
        long index = lowerBound(line);
        return index < size && get(index) == line;
    }

    /** Removes the elements less than a line. */
    void dropBefore(long line) {
        int gone = 0;
        while (gone < chunks.size() && chunks.get(gone).get(chunks.get(gone).to - 1) < line) {
            gone++;
        }
        chunks.subList(0, gone).clear();
        if (chunks.isEmpty()) {
            first = size;
            return;
        }
        Chunk head = chunks.getFirst();
        int at = head.lowerBound(line);
        head.index += at - head.from;
        head.from = at;
        first = head.index;
    }

    /**
     * Puts ascending numbers among the others; those that are there already stay as they are. The
     * elements after them get greater indexes.
     *
     * @return how many were new
     */
    long insert(long[] lines, int count) {
        if (count == 0) {
            return 0;
        }
        if (chunks.isEmpty() || lines[0] > get(size - 1)) {
            for (int i = 0; i < count; i++) {
                add(lines[i]);
            }
            return count;
        }
        int low = chunkOf(lines[0]);
        int high = chunkOf(lines[count - 1]);
        List<Chunk> touched = chunks.subList(low, high + 1);
        LineList merged = new LineList();
        long before = merge(touched, lines, count, merged);
        touched.clear();
        chunks.addAll(low, merged.chunks);
        long index = first;
        for (Chunk chunk : chunks) {
            chunk.index = index;
            index += chunk.to - chunk.from;
        }
        size = index;
        return merged.size - before;
    }

    private static long merge(List<Chunk> touched, long[] lines, int count, LineList merged) {
        int at = 0;
        long before = 0;
        for (Chunk chunk : touched) {
            for (int i = chunk.from; i < chunk.to; i++) {
                long old = chunk.get(i);
                for (; at < count && lines[at] < old; at++) {
                    merged.add(lines[at]);
                }
                if (at < count && lines[at] == old) {
                    at++;
                }
                merged.add(old);
                before++;
            }
        }
        for (; at < count; at++) {
            merged.add(lines[at]);
        }
        return before;
    }
}
