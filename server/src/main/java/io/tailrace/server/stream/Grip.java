package io.tailrace.server.stream;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whose the pump is: its thread's, until the watch takes it away while that is in a write. One
 * thread has the pump and one watches.
 */
final class Grip {

    // Where nobody knows what a thread waits for, in nanoseconds.
    private static final long LONG = 50_000_000;

    // Odd while something is written; who changes it from odd to even has the pump.
    private final AtomicLong writes = new AtomicLong();
    // Seen by the watch with the odd number that follows.
    private @Nullable Rider writing;
    private volatile KernelThread thread = KernelThread.current();

    // Owned by the watch.
    private long seen;
    private long seenSince;

    /** The thread that calls this has the pump from now on. */
    void take() {
        thread = KernelThread.current();
    }

    /** Begins a write; gives what ends it. */
    long begin(Rider rider) {
        writing = rider;
        return writes.incrementAndGet();
    }

    /** Watch: nobody has the pump any more, whatever was being written. */
    void reset() {
        if ((writes.get() & 1) == 1) {
            writes.incrementAndGet();
        }
    }

    /** Ends a write; false when the pump is somebody else's by now. */
    boolean end(long write) {
        return writes.compareAndSet(write, write + 1);
    }

    /** Watch: whose write goes on since this was asked last, if the thread sleeps over it. */
    @Nullable Rider stuck() {
        long now = writes.get();
        if ((now & 1) == 0 || now != seen) {
            seen = now;
            seenSince = System.nanoTime();
            return null;
        }
        Rider rider = writing;
        return thread.asleep(System.nanoTime() - seenSince > LONG) ? rider : null;
    }

    /** Watch: takes the pump away from the thread that was stuck; false when it has gone on. */
    boolean loosen() {
        return writes.compareAndSet(seen, seen + 1);
    }
}
