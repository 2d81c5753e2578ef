package io.tailrace.desktop.logs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The layout of a packed segment, in memory as in a file: the lines' bytes, then four columns, each
 * beginning at a multiple of 8.
 *
 * @param lines how many lines
 * @param text how many bytes they have
 * @param keys where the column of numbers begins
 * @param times where the column of times begins
 * @param ends where the column of ends begins
 * @param ids where the column of contexts begins
 * @param size where it all ends
 */
record SegmentPacking(int lines, long text, long keys, long times, long ends, long ids, long size) {

    /** Packed memory and its layout; the arena is the taker's to close. */
    record Packed(Arena arena, MemorySegment memory, SegmentPacking layout) {

        /** A body in memory. */
        SegmentBody body() {
            return layout.body(arena, memory, null);
        }
    }

    /** Packs the first lines of a body that the caller retains. */
    static Packed pack(SegmentBody body, int lines) {
        long text = lines == 0 ? 0 : body.ends().value(lines - 1);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment columns = scratch.allocate(4 * PackedColumn.room(lines) + 64, 8);
            long[] begins = new long[5];
            Column[] all = {body.keys(), body.times(), body.ends(), body.ids()};
            for (int i = 0; i < all.length; i++) {
                long size = PackedColumn.pack(all[i], lines, columns.asSlice(begins[i]));
                begins[i + 1] = aligned(begins[i] + size);
            }
            long base = aligned(text);
            Arena arena = Arena.ofShared();
            MemorySegment memory = arena.allocate(Math.max(8, base + begins[4]), 8);
            MemorySegment.copy(body.bytes(), 0, memory, 0, text);
            MemorySegment.copy(columns, 0, memory, base, begins[4]);
            return new Packed(
                    arena,
                    memory,
                    new SegmentPacking(
                            lines,
                            text,
                            base,
                            base + begins[1],
                            base + begins[2],
                            base + begins[3],
                            base + begins[4]));
        }
    }

    private static long aligned(long at) {
        return (at + 7) & ~7;
    }

    /** Whether it can be the layout of so many bytes. */
    boolean fits(long bytes) {
        return lines >= 0
                && text >= 0
                && text <= keys
                && keys <= times
                && times <= ends
                && ends <= ids
                && ids <= size
                && size <= bytes;
    }

    /** Reads memory of this layout. */
    SegmentBody body(
            Arena arena,
            MemorySegment memory,
            @org.jspecify.annotations.Nullable SegmentFile file) {
        return new SegmentBody(
                arena,
                memory.asSlice(0, text),
                new PackedColumn(memory.asSlice(keys, times - keys)),
                new PackedColumn(memory.asSlice(times, ends - times)),
                new PackedColumn(memory.asSlice(ends, ids - ends)),
                new PackedColumn(memory.asSlice(ids, size - ids)),
                file);
    }
}
