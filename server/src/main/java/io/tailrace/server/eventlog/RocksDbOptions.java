package io.tailrace.server.eventlog;

/**
 * How {@link RocksDbEventLog} uses memory, disk and threads.
 *
 * @param sync whether every append is forced to the disk before it is acknowledged; without it a
 *     power cut, but not a crash of the gateway, may lose the latest appends
 * @param cacheBytes memory for blocks read from the disk
 * @param bufferBytes memory for entries not yet in table files, in two halves
 * @param walBytes the most bytes of write-ahead log before table files are written
 * @param readThreads how many platform threads read for virtual ones
 * @param reserveBytes appends are refused while the disk has less free space than this
 * @param receipts how long idempotency keys are remembered
 */
public record RocksDbOptions(
        boolean sync,
        long cacheBytes,
        long bufferBytes,
        long walBytes,
        int readThreads,
        long reserveBytes,
        ReceiptLimits receipts) {

    private static final long MIB = 1 << 20;

    /** Durable, about 128 MiB of memory, 256 MiB of the disk kept free. */
    public static final RocksDbOptions DEFAULT =
            new RocksDbOptions(
                    true, 64 * MIB, 64 * MIB, 128 * MIB, 4, 256 * MIB, ReceiptLimits.DEFAULT);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException with a sentence that says what they must be
     */
    public RocksDbOptions {
        if (cacheBytes < MIB || bufferBytes < MIB || walBytes < MIB) {
            throw new IllegalArgumentException(
                    "The event log needs at least 1 MiB each of cache, buffer and write-ahead"
                            + " log.");
        }
        if (readThreads < 1 || readThreads > 64 || reserveBytes < 0) {
            throw new IllegalArgumentException(
                    "The event log needs 1 to 64 read threads and a reserve that is not"
                            + " negative.");
        }
    }

    /** The same with another choice of {@link #sync}. */
    public RocksDbOptions withSync(boolean sync) {
        return new RocksDbOptions(
                sync, cacheBytes, bufferBytes, walBytes, readThreads, reserveBytes, receipts);
    }

    /** The same with another amount of memory for entries not yet in table files. */
    public RocksDbOptions withBufferBytes(long bufferBytes) {
        return new RocksDbOptions(
                sync, cacheBytes, bufferBytes, walBytes, readThreads, reserveBytes, receipts);
    }

    /** The same with another reserve of free disk space. */
    public RocksDbOptions withReserveBytes(long reserveBytes) {
        return new RocksDbOptions(
                sync, cacheBytes, bufferBytes, walBytes, readThreads, reserveBytes, receipts);
    }

    /** The same with other limits for receipts. */
    public RocksDbOptions withReceipts(ReceiptLimits receipts) {
        return new RocksDbOptions(
                sync, cacheBytes, bufferBytes, walBytes, readThreads, reserveBytes, receipts);
    }
}
