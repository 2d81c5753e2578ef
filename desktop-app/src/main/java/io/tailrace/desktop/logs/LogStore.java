package io.tailrace.desktop.logs;

import io.tailrace.model.Cursor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Every line the console holds, oldest first, under numbers that never change.
 *
 * <p>One thread writes (the FX thread). Any thread may read the lines from {@link #first} up to
 * {@link #size} as it was read once. When the byte budget is used up the oldest segment leaves.
 */
final class LogStore {

    /** How much is held unless said otherwise: 512 MiB of text with its index. */
    static final long DEFAULT_BUDGET = 512L << 20;

    private static final int SEGMENT_BYTES = 16 << 20;

    private final int segmentBytes;

    // The writer replaces the array and then publishes the size; readers read in the other order.
    private volatile LogSegment[] segments = {};
    private volatile long size;
    private volatile long first;

    // The writer's.
    private long budget;
    private long memory;

    LogStore() {
        this(DEFAULT_BUDGET, SEGMENT_BYTES);
    }

    /**
     * A store with limits of its own.
     *
     * @param budget the most bytes to hold
     * @param segmentBytes how much is taken, and given back, at a time
     */
    LogStore(long budget, int segmentBytes) {
        this.budget = budget;
        this.segmentBytes = segmentBytes;
    }

    /** Adds a line and returns its number. */
    long append(byte[] content, LineContext context, long time, long position) {
        LogSegment[] all = segments;
        LogSegment last = all.length == 0 ? null : all[all.length - 1];
        if (last == null || !last.fits(content.length, context)) {
            last = next(content.length);
        }
        last.add(content, context, time, position);
        long line = size;
        size = line + 1;
        return line;
    }

    private LogSegment next(int length) {
        LogSegment[] all = segments;
        if (all.length > 0) {
            LogSegment sealed = all[all.length - 1];
            sealed.seal();
            memory += sealed.size();
        }
        int capacity = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(segmentBytes, length + 1L));
        while (memory + capacity > budget && segments.length > 0) {
            dropOldest();
        }
        LogSegment fresh = allocate(capacity);
        all = Arrays.copyOf(segments, segments.length + 1);
        all[all.length - 1] = fresh;
        segments = all;
        return fresh;
    }

    /**
     * When there is no memory left, older lines make room for newer ones; the budget shrinks to
     * what there was, because being refused takes long.
     */
    private LogSegment allocate(int capacity) {
        while (true) {
            try {
                return new LogSegment(size, capacity);
            } catch (OutOfMemoryError e) {
                if (segments.length == 0) {
                    throw e;
                }
                budget = Math.min(budget, memory);
                dropOldest();
            }
        }
    }

    private void dropOldest() {
        LogSegment[] all = segments;
        LogSegment oldest = all[0];
        first = oldest.firstLine() + oldest.lines();
        memory -= oldest.size();
        segments = Arrays.copyOfRange(all, 1, all.length);
        oldest.release();
    }

    /** The number of the oldest line still held: so many are no longer. */
    long first() {
        return first;
    }

    /** One more than the number of the newest line. */
    long size() {
        return size;
    }

    /** Whether a line is held. */
    boolean holds(long line) {
        return line >= first && line < size;
    }

    /** The segments from the one that has a line, oldest first; any thread. */
    List<LogSegment> segmentsFrom(long line) {
        LogSegment[] all = segments;
        List<LogSegment> found = new ArrayList<>(all.length);
        for (int i = Math.max(0, indexOf(all, line)); i < all.length; i++) {
            found.add(all[i]);
        }
        return found;
    }

    /** The segment of a line that is held. */
    LogSegment segment(long line) {
        LogSegment[] all = segments;
        return all[indexOf(all, line)];
    }

    private static int indexOf(LogSegment[] all, long line) {
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].firstLine() <= line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The context of a line that is held. */
    LineContext context(long line) {
        LogSegment segment = segment(line);
        return segment.context((int) (line - segment.firstLine()));
    }

    /** The cursor of a line that is held. */
    Cursor cursor(long line) {
        LogSegment segment = segment(line);
        int index = (int) (line - segment.firstLine());
        return new Cursor(segment.context(index).epoch(), segment.position(index));
    }

    /** When a line that is held happened, in milliseconds of the epoch. */
    long time(long line) {
        LogSegment segment = segment(line);
        return segment.time((int) (line - segment.firstLine()));
    }

    /** The line that was published under a cursor; only the writer asks. */
    OptionalLong find(Cursor cursor) {
        LogSegment[] all = segments;
        for (int i = all.length - 1; i >= 0; i--) {
            int index = all[i].find(cursor.epoch(), cursor.position());
            if (index >= 0) {
                return OptionalLong.of(all[i].firstLine() + index);
            }
        }
        return OptionalLong.empty();
    }

    /** The wanted line whose position is nearest to a cursor's; only the writer asks. */
    OptionalLong near(Cursor cursor, Predicate<LineContext> wanted) {
        long low = first;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (cursor(middle).position() < cursor.position()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        OptionalLong before = seek(low, false, wanted);
        OptionalLong after = seek(low - 1, true, wanted);
        if (before.isEmpty() || after.isEmpty()) {
            return before.isEmpty() ? after : before;
        }
        long back = cursor.position() - cursor(before.getAsLong()).position();
        long ahead = cursor(after.getAsLong()).position() - cursor.position();
        return ahead < back ? after : before;
    }

    /**
     * The nearest line beyond another whose context is wanted; only the writer asks. Segments
     * without such a context are passed over as a whole.
     */
    OptionalLong seek(long from, boolean forward, Predicate<LineContext> wanted) {
        LogSegment[] all = segments;
        int at =
                all.length == 0 ? -1 : indexOf(all, Math.clamp(from, first, Math.max(first, size)));
        for (int i = at; i >= 0 && i < all.length; i += forward ? 1 : -1) {
            OptionalLong found = seekIn(all[i], from, forward, wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong seekIn(
            LogSegment segment, long from, boolean forward, Predicate<LineContext> wanted) {
        boolean[] accepted = new boolean[segment.contextCount()];
        boolean any = false;
        for (int id = 0; id < accepted.length; id++) {
            accepted[id] = wanted.test(segment.contextOf(id));
            any |= accepted[id];
        }
        long offset = from - segment.firstLine();
        int lines = segment.lines();
        int index =
                forward ? (int) Math.max(0, offset + 1) : (int) Math.min(lines - 1L, offset - 1);
        for (int i = index; any && i >= 0 && i < lines; i += forward ? 1 : -1) {
            if (accepted[segment.contextId(i)]) {
                return OptionalLong.of(segment.firstLine() + i);
            }
        }
        return OptionalLong.empty();
    }

    /** Bytes of heap that the index takes. */
    long heap() {
        return Arrays.stream(segments).mapToLong(LogSegment::heap).sum();
    }

    /** Gives all memory back; the store is empty and of no further use. */
    void close() {
        first = size;
        LogSegment[] all = segments;
        segments = new LogSegment[0];
        Arrays.stream(all).forEach(LogSegment::release);
    }
}
