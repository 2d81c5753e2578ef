package io.tailrace.server.stream;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseFrame;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers frames and writes them to a socket in blocks of at most 64 KiB.
 *
 * <p>One thread writes; the watchdog's thread may interrupt a write that takes too long, which
 * closes the socket.
 */
final class FrameWriter {

    /** The most that one write takes. */
    static final int BLOCK = 64 * 1024;

    private final OutputStream out;

    // Owned by the writing thread. Small until there is something to gather.
    private byte[] block = new byte[4 * 1024];
    private int size;

    // Written by the writing thread, read by anybody.
    private volatile long written;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private boolean writing;
    private long since;
    private Thread writer = Thread.currentThread();
    private boolean stalled;

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    void control(Event.Control event) throws IOException {
        write(SseFrame.event(null, event.kind(), EventCodec.encode(event)));
    }

    void write(byte[] frame) throws IOException {
        int from = 0;
        while (from < frame.length) {
            if (size == BLOCK) {
                flush();
            }
            int count = Math.min(frame.length - from, BLOCK - size);
            if (size + count > block.length) {
                block = Arrays.copyOf(block, Math.min(BLOCK, Math.max(size + count, size * 2)));
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
            out.write(block, 0, size);
            out.flush();
        } finally {
            end();
        }
        count(size);
        size = 0;
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
