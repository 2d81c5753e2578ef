package io.tailrace.desktop.logs;

/**
 * Numbers under indexes from 0, as one property of consecutive lines. One thread may add; others
 * read what was added before the segment published its count.
 */
sealed interface Column permits DeltaColumn, IntColumn, PackedColumn {

    /** So many values are copied at once by {@link #block}. */
    int BLOCK = 128;

    /** The value at an index. */
    long value(int index);

    /**
     * Copies values, at most {@link #BLOCK}, all from one block that begins at a multiple of it.
     *
     * @param from the index of the first
     * @param count how many
     */
    default void block(int from, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = value(from + i);
        }
    }

    /** Bytes of heap. */
    long heap();
}
