package io.tailrace.server.stream;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Lets a few readers at a time read much of the log at once, which is several times as fast, and
 * the others as much as one write takes: however many are behind, what they hold is bounded.
 * Thread-safe.
 */
final class WideReads {

    private static final int BYTES = 1 << 20;
    private static final int READERS = 16;

    private final Semaphore places = new Semaphore(READERS);

    /** A read of so many bytes, and what is done with them. */
    interface Reading {
        boolean of(int bytes) throws IOException, InterruptedException;
    }

    /** Reads as much as may be read now; should not wait for entries to come. */
    boolean read(Reading reading) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            return reading.of(FrameWriter.BLOCK);
        }
        try {
            return reading.of(BYTES);
        } finally {
            places.release();
        }
    }
}
