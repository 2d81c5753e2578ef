package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of a segment: its lines' bytes and their columns. While the segment grows the columns
 * are on the heap; later a packed body takes its place, in memory or in a mapped file.
 *
 * <p>The store's writer reads freely; other threads between {@link #retain} and {@link #release}.
 */
final class SegmentBody {

    private final Arena arena;
    private final MemorySegment bytes;
    private final Column keys;
    private final Column times;
    private final Column ends;
    private final Column ids;
    private final @Nullable SegmentFile file;
    private volatile boolean doomed;

    /** Who holds the memory: the segment counts as one; it is freed when the last one lets go. */
    private final AtomicInteger holders = new AtomicInteger(1);

    SegmentBody(
            Arena arena,
            MemorySegment bytes,
            Column keys,
            Column times,
            Column ends,
            Column ids,
            @Nullable SegmentFile file) {
        this.arena = arena;
        this.bytes = bytes;
        this.keys = keys;
        this.times = times;
        this.ends = ends;
        this.ids = ids;
        this.file = file;
    }

    /** Where it is kept; null when only in memory. */
    @Nullable SegmentFile file() {
        return file;
    }

    /** The lines' bytes. */
    MemorySegment bytes() {
        return bytes;
    }

    /** The number of each line. */
    Column keys() {
        return keys;
    }

    /** When each line happened, in milliseconds of the epoch. */
    Column times() {
        return times;
    }

    /** Where each line's bytes end, its line feed included. */
    Column ends() {
        return ends;
    }

    /** Which of the segment's contexts each line has. */
    Column ids() {
        return ids;
    }

    /** Where a line's bytes begin. */
    int start(int index) {
        return index == 0 ? 0 : (int) ends.value(index - 1);
    }

    /** Where a line's bytes end, without the line feed that ends it. */
    int end(int index) {
        return (int) ends.value(index) - 1;
    }

    /** Where a line's text ends and its fields, if it has any, begin. */
    int textEnd(int index, boolean fields) {
        int end = end(index);
        if (!fields) {
            return end;
        }
        int at = start(index);
        while (at < end && bytes.get(ValueLayout.JAVA_BYTE, at) != LogSegment.FIELDS) {
            at++;
        }
        return at;
    }

    /** Copies bytes from one place. */
    void copy(int from, byte[] to, int at, int length) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, to, at, length);
    }

    /** The first of so many lines whose number is not less than a key. */
    int lowerBound(long key, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys.value(middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Bytes of heap. */
    long heap() {
        return keys.heap() + times.heap() + ends.heap() + ids.heap();
    }

    /** Keeps the memory while another thread reads; false when it is gone already. */
    boolean retain() {
        return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /** Lets go of the memory. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            arena.close();
            if (doomed && file != null) {
                file.delete();
            }
        }
    }

    /** Lets go of the memory, and of the file as soon as nobody reads it. */
    void discard() {
        doomed = true;
        release();
    }
}
