package io.tailrace.desktop.logs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Consecutive lines of a {@link LogStore}: their bytes off the heap, 14 bytes of index a line on
 * it.
 *
 * <p>A line's bytes are its text in UTF-8, then, when its context says so, {@link #FIELDS} and its
 * further fields as JSON, then a line feed. Only the writer adds; any thread may read lines that
 * the store has published, the writer freely, others between {@link #retain} and {@link #release}.
 */
final class LogSegment {

    /** Stands between text and fields; never a byte of UTF-8. */
    static final byte FIELDS = (byte) 0xff;

    private static final int MAX_CONTEXTS = 0xffff;
    private static final int CONTEXT_HEAP = 160;

    private final long firstLine;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    // Written by the writer before the store's volatile size, read by others after it.
    private final DeltaColumn times = new DeltaColumn();
    private final DeltaColumn positions = new DeltaColumn();
    private final IntColumn ends = new IntColumn();
    private char[] contextIds = new char[1024];
    private LineContext[] contexts = new LineContext[16];
    private int contextCount;

    // Only the writer's.
    private final Map<LineContext, Integer> ids = new HashMap<>();
    private int lines;
    private int used;
    private boolean sorted = true;

    /** Who holds the memory: the store counts as one; it is freed when the last one lets go. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * Takes memory.
     *
     * @throws OutOfMemoryError when there is none
     */
    LogSegment(long firstLine, int capacity) {
        this.firstLine = firstLine;
        this.bytes = arena.allocate(capacity, 8);
    }

    long firstLine() {
        return firstLine;
    }

    int lines() {
        return lines;
    }

    boolean fits(int length, LineContext context) {
        return used + (long) length + 1 <= bytes.byteSize()
                && (contextCount < MAX_CONTEXTS || ids.containsKey(context));
    }

    void add(byte[] content, LineContext context, long time, long position) {
        if (lines == contextIds.length) {
            contextIds = IntColumn.filled(Arrays.copyOf(contextIds, lines + (lines >> 1)));
        }
        int known = contextCount;
        char id = (char) idOf(context);
        boolean otherEpoch =
                known > 0 && id == known && !contexts[0].epoch().equals(context.epoch());
        if (otherEpoch || (lines > 0 && position < positions.get(lines - 1))) {
            sorted = false;
        }
        MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, used, content.length);
        bytes.set(ValueLayout.JAVA_BYTE, used + content.length, (byte) '\n');
        used += content.length + 1;
        times.add(time);
        positions.add(position);
        contextIds[lines] = id;
        ends.add(used);
        lines++;
    }

    private int idOf(LineContext context) {
        Integer known = ids.get(context);
        if (known != null) {
            return known;
        }
        if (contextCount == contexts.length) {
            contexts = IntColumn.filled(Arrays.copyOf(contexts, contextCount * 2));
        }
        contexts[contextCount] = context;
        ids.put(context, contextCount);
        return contextCount++;
    }

    /** Nothing is added afterwards: gives back unused room. */
    void seal() {
        ends.seal();
        contextIds = IntColumn.filled(Arrays.copyOf(contextIds, lines));
        times.seal();
        positions.seal();
        ids.clear();
    }

    /** Where a line's bytes begin. */
    int start(int index) {
        return index == 0 ? 0 : ends.get(index - 1);
    }

    /** Where a line's bytes end, without the line feed that ends it. */
    int end(int index) {
        return ends.get(index) - 1;
    }

    /** Where a line's text ends and its fields, if any, begin. */
    int textEnd(int index) {
        int end = end(index);
        if (!context(index).fields()) {
            return end;
        }
        int at = start(index);
        while (at < end && bytes.get(ValueLayout.JAVA_BYTE, at) != FIELDS) {
            at++;
        }
        return at;
    }

    /** Copies bytes from one place of the segment. */
    void copy(int from, byte[] to, int at, int length) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, to, at, length);
    }

    long time(int index) {
        return times.get(index);
    }

    long position(int index) {
        return positions.get(index);
    }

    int contextId(int index) {
        return contextIds[index];
    }

    LineContext context(int index) {
        return contexts[contextIds[index]];
    }

    LineContext contextOf(int id) {
        return contexts[id];
    }

    /** How many contexts there are; only the writer asks. */
    int contextCount() {
        return contextCount;
    }

    /** The line with a position in an epoch, or -1; only the writer asks. */
    int find(String epoch, long position) {
        int from = sorted ? lowerBound(position) : 0;
        for (int i = from; i < lines; i++) {
            if (positions.get(i) == position) {
                LineContext context = context(i);
                if (context.published() && context.epoch().equals(epoch)) {
                    return i;
                }
            } else if (sorted) {
                return -1;
            }
        }
        return -1;
    }

    private int lowerBound(long position) {
        int low = 0;
        int high = lines;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (positions.get(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Bytes taken: memory off the heap and the index on it. */
    long size() {
        return bytes.byteSize() + heap();
    }

    /** Bytes of heap. */
    long heap() {
        return 2L * contextIds.length
                + ends.heap()
                + times.heap()
                + positions.heap()
                + (long) CONTEXT_HEAP * contextCount;
    }

    /** Keeps the memory while another thread reads; false when it is gone already. */
    boolean retain() {
        return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /** Lets go of the memory. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            arena.close();
        }
    }
}
