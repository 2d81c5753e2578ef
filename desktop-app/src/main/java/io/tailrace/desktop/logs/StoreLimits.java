package io.tailrace.desktop.logs;

/**
 * How much a store holds.
 *
 * @param memory the most bytes in memory that no file stands behind
 * @param disk the most bytes in files; 0 without files
 * @param segment how much is taken, and given back, at a time
 */
record StoreLimits(long memory, long disk, int segment) {

    /** 512 MiB in memory, 4 GiB in files: some 25 million lines. */
    static final StoreLimits DEFAULT = new StoreLimits(512L << 20, 4L << 30, 16 << 20);
}
