package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Lines of a {@link LogStore} in ascending order of their numbers.
 *
 * <p>A line's bytes are its text in UTF-8, then, when its context says so, {@link #FIELDS} and its
 * further fields as JSON, then a line feed. One thread adds until the segment is full; then its
 * body is exchanged for a packed one. The writer reads freely, others the body they retained.
 */
final class LogSegment {

    /** Stands between text and fields; never a byte of UTF-8. */
    static final byte FIELDS = (byte) 0xff;

    private static final int MAX_CONTEXTS = 0xffff;
    private static final int CONTEXT_HEAP = 160;

    /** What grows with each line; only the writer adds. */
    private record Growth(
            DeltaColumn keys,
            DeltaColumn times,
            IntColumn ends,
            IntColumn contexts,
            Map<LineContext, Integer> ids) {

        Growth() {
            this(
                    new DeltaColumn(),
                    new DeltaColumn(),
                    new IntColumn(),
                    new IntColumn(),
                    new HashMap<>());
        }
    }

    // Written by the writer before the volatile count, read by others after it.
    private LineContext[] contexts = new LineContext[16];
    private int contextCount;
    private volatile SegmentBody body;
    private volatile int lines;

    // The writer's.
    private int used;
    private int count;
    private long lastKey = -1;
    private int pieces;
    private @Nullable Growth growth; // null once it is packed
    private boolean full;

    /**
     * Takes memory for lines to add.
     *
     * @throws OutOfMemoryError when there is none
     */
    LogSegment(int capacity) {
        Growth grows = new Growth();
        Arena arena = Arena.ofShared();
        growth = grows;
        body =
                new SegmentBody(
                        arena,
                        arena.allocate(capacity, 8),
                        grows.keys(),
                        grows.times(),
                        grows.ends(),
                        grows.contexts(),
                        null);
    }

    /** A segment that was packed before. */
    LogSegment(SegmentBody body, LineContext[] contexts, int lines) {
        this.body = body;
        this.contexts = contexts;
        this.contextCount = contexts.length;
        this.used = lines == 0 ? 0 : (int) body.ends().value(lines - 1);
        this.lastKey = lines == 0 ? -1 : body.keys().value(lines - 1);
        this.full = true;
        this.count = lines;
        this.lines = lines;
    }

    /** How many lines there are; any thread. */
    int lines() {
        return lines;
    }

    /** Bytes of all lines. */
    int used() {
        return used;
    }

    /** The number of the last line; -1 when there is none. */
    long lastKey() {
        return lastKey;
    }

    boolean fits(int length, LineContext context) {
        Growth grows = growth;
        return !full
                && grows != null
                && used + (long) length + 1 <= body.bytes().byteSize()
                && (contextCount < MAX_CONTEXTS || grows.ids().containsKey(context));
    }

    /** Adds a line with a number greater than all before. */
    void add(byte[] content, LineContext context, long time, long key) {
        Growth grows = Objects.requireNonNull(growth);
        int id = idOf(context, grows.ids());
        MemorySegment bytes = body.bytes();
        MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, used, content.length);
        bytes.set(ValueLayout.JAVA_BYTE, used + content.length, (byte) '\n');
        used += content.length + 1;
        grows.times().add(time);
        grows.keys().add(key);
        grows.contexts().add(id);
        grows.ends().add(used);
        lastKey = key;
        lines = ++count;
    }

    private int idOf(LineContext context, Map<LineContext, Integer> ids) {
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

    /** Nothing is added afterwards. */
    void fill() {
        full = true;
    }

    /** Whether nothing can be added any more. */
    boolean isFull() {
        return full;
    }

    /** What is read; the writer freely, others after {@link SegmentBody#retain}. */
    SegmentBody body() {
        return body;
    }

    /** What another thread reads, retained for it; null when the lines are gone. */
    @Nullable SegmentBody retained() {
        while (true) {
            SegmentBody now = body;
            if (now.retain()) {
                return now;
            }
            if (now == body) {
                return null;
            }
        }
    }

    /** The contexts of so many lines; any thread that knows that they are there. */
    LineContext[] contexts() {
        return Arrays.copyOf(contexts, contextCount);
    }

    /** Whether its body still waits to be packed. */
    boolean growing() {
        return growth != null;
    }

    /** Takes another body with the same lines; writer. */
    void exchange(SegmentBody packed) {
        SegmentBody old = body;
        body = packed;
        growth = null;
        old.release();
    }

    long key(int index) {
        return body.keys().value(index);
    }

    long time(int index) {
        return body.times().value(index);
    }

    int start(int index) {
        return body.start(index);
    }

    int end(int index) {
        return body.end(index);
    }

    int textEnd(int index) {
        return body.textEnd(index, context(index).fields());
    }

    void copy(int from, byte[] to, int at, int length) {
        body.copy(from, to, at, length);
    }

    LineContext context(int index) {
        return contexts[(int) body.ids().value(index)];
    }

    /** The context with a number; any thread that read a line which has it. */
    LineContext contextOf(int id) {
        return contexts[id];
    }

    /** How many contexts there are; exact for the writer. */
    int contextCount() {
        return contextCount;
    }

    /** Bytes off the heap that no file stands behind. */
    long memory() {
        return body.file() == null ? body.bytes().byteSize() : 0;
    }

    /** Bytes of its file; 0 without one. */
    long disk() {
        SegmentFile kept = body.file();
        return kept == null ? 0 : kept.size();
    }

    /** Bytes of heap. */
    long heap() {
        return body.heap() + (long) CONTEXT_HEAP * contextCount;
    }

    /** Whether no stretch shows it any more, or none did yet. */
    boolean unused() {
        return pieces == 0;
    }

    /** Counts the stretches of the store that show it; without one it is given back. */
    void piece(int more) {
        pieces += more;
        if (pieces == 0) {
            body.discard();
        }
    }

    /** Removes its file as well. */
    void discard() {
        body.discard();
    }

    /** Lets go of the memory; a file stays for the next start. */
    void leave() {
        body.release();
    }
}
