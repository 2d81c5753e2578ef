package io.tailrace.server.stream;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseFrame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Gathers frames and writes them to a socket in blocks of at most 64 KiB.
 *
 * <p>One thread writes; the watchdog's thread may interrupt a write that takes too long, which
 * closes the socket.
 */
final class FrameWriter {

    /** The most that one write takes. */
    static final int BLOCK = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final Supplier<Wire> opening;
    private final @Nullable Gzip gzip;

    // Owned by the writing thread. Opened by the first write: until then a problem can be answered.
    private @Nullable Wire wire;
    // Small until there is something to gather.
    private byte[] block = NOTHING;
    private int size;

    // Written by the writing thread, read by anybody.
    private volatile long written;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private boolean writing;
    private long since;
    private Thread writer = Thread.currentThread();
    private boolean stalled;

    /**
     * Writes to a wire.
     *
     * @param opening sends the headers of the response
     * @param gzip packs what is written, or null
     */
    FrameWriter(Supplier<Wire> opening, @Nullable Gzip gzip) {
        this.opening = opening;
        this.gzip = gzip;
    }

    /** Gathers what the gateway itself says. */
    void control(Event.Control event) throws IOException {
        write(frame(event));
    }

    /** Gathers a {@code retry:} field that belongs to the frame that is gathered next. */
    void retry(long millis) throws IOException {
        byte[] frame = SseFrame.retry(millis);
        write(Arrays.copyOf(frame, frame.length - 1));
    }

    /** What the gateway itself says: without an id. */
    static byte[] frame(Event.Control event) {
        return SseFrame.event(null, event.kind(), EventCodec.encode(event));
    }

    void write(byte[] frame) throws IOException {
        int from = 0;
        while (from < frame.length) {
            if (size == BLOCK) {
                flush();
            }
            int count = Math.min(frame.length - from, BLOCK - size);
            if (size + count > block.length) {
                block =
                        Arrays.copyOf(
                                block, Math.min(BLOCK, Math.max(size + count, 2 * block.length)));
            }
            System.arraycopy(frame, from, block, size, count);
            size += count;
            from += count;
        }
    }

    /** Writes what was gathered. */
    void flush() throws IOException {
        if (size == 0) {
            return;
        }
        begin();
        try {
            if (gzip == null) {
                wire().write(block, size);
            } else {
                byte[] packed = Gzip.block(block, size);
                wire().write(packed, packed.length);
                gzip.passed(block, size);
            }
        } finally {
            end();
        }
        count(size);
        size = 0;
    }

    private Wire wire() throws IOException {
        Wire opened = wire;
        if (opened == null) {
            opened = opening.get();
            wire = opened;
            if (gzip != null) {
                opened.write(Gzip.header(), Gzip.header().length);
            }
        }
        return opened;
    }

    /** Ends the stream so that readers see that it is complete. */
    void finish() throws IOException {
        begin();
        try {
            if (gzip != null) {
                byte[] end = gzip.end();
                wire().write(end, end.length);
            }
            wire().finish();
        } finally {
            end();
        }
    }

    /** What others may write to, when all that was gathered is written; empty when nobody may. */
    Optional<SocketWire> shared() {
        return size == 0 && wire instanceof SocketWire socket && socket.shareable()
                ? Optional.of(socket)
                : Optional.empty();
    }

    /** Holds no memory for gathering until the next frame. */
    void rest() {
        block = NOTHING;
    }

    /** What of a block that is shared with others goes to this connection. */
    byte[] ready(Block shared) {
        return gzip == null ? shared.chunk() : shared.packed();
    }

    /** The block was written by somebody else. */
    void sent(Block shared) {
        if (gzip != null) {
            gzip.passed(shared.plain(), shared.size());
        }
        count(shared.size());
    }

    /** A write of somebody else takes too long, and is about to be ended. */
    void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(int bytes) {
        written += bytes;
    }

    private void begin() {
        lock.lock();
        try {
            writer = Thread.currentThread();
            since = System.nanoTime();
            writing = true;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            writing = false;
        } finally {
            lock.unlock();
        }
    }

    /** Watchdog: ends a write that began longer ago. */
    void interruptOlderThan(long nanos) {
        lock.lock();
        try {
            if (writing && System.nanoTime() - since > nanos) {
                stalled = true;
                writer.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a write has been under way for so many nanoseconds. Any thread. */
    boolean busy(long nanos) {
        lock.lock();
        try {
            return writing && System.nanoTime() - since > nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the watchdog ended a write. */
    boolean stalled() {
        lock.lock();
        try {
            return stalled;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of frames the socket took. */
    long written() {
        return written;
    }
}
