package io.tailrace.desktop.logs;

/** Keeps a store within its limits: the oldest lines leave for newer ones. Writer. */
final class StoreRoom {

    private final StoreLimits limits;
    private final SegmentKeeper keeper;
    private final LineRow row;
    private long memory; // the most to hold in memory

    StoreRoom(StoreLimits limits, SegmentKeeper keeper, LineRow row) {
        this.limits = limits;
        this.keeper = keeper;
        this.row = row;
        this.memory = limits.memory();
    }

    /** A segment for a line of some length and those that follow. */
    LogSegment segment(int length) {
        int capacity =
                (int) Math.min(Integer.MAX_VALUE - 16, Math.max(limits.segment(), length + 1L));
        make(capacity);
        return allocate(capacity);
    }

    /**
     * When there is no memory left, older lines make room for newer ones; the budget shrinks to
     * what there was, because being refused takes long.
     */
    private LogSegment allocate(int capacity) {
        while (true) {
            try {
                return new LogSegment(capacity);
            } catch (OutOfMemoryError e) {
                if (row.held() == 0) {
                    throw e;
                }
                memory = Math.min(memory, memoryUsed());
                LogSegment _ = row.dropOldest();
            }
        }
    }

    /** Makes room for so many bytes of memory. */
    void make(long more) {
        long patience = keeper.writing() ? memory : 0; // files are on their way
        while (row.held() > 0
                && (memoryUsed() + more > memory + patience
                        || (limits.disk() > 0 && diskUsed() > limits.disk()))) {
            LogSegment _ = row.dropOldest();
        }
    }

    /** Whether there is room for lines that are older than those held. */
    boolean left() {
        long most = limits.disk() > 0 ? limits.disk() : memory;
        return (limits.disk() > 0 ? diskUsed() : memoryUsed()) < most / 10 * 9;
    }

    private long memoryUsed() {
        return row.segments().stream().mapToLong(LogSegment::memory).sum();
    }

    private long diskUsed() {
        return row.segments().stream().mapToLong(LogSegment::disk).sum();
    }
}
