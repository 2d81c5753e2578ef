package io.tailrace.server.ingest;

import io.tailrace.server.http.HttpProblem;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory for large bodies that are read as a whole, together: a few bytes that unpack to many must
 * not take it all. Small ones need no room. Thread-safe.
 */
public final class BodyRoom {

    private static final int SMALL = 1 << 20;
    private static final int UNIT = 64 * 1024;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore units;

    /** So many bytes at once. */
    public BodyRoom(long bytes) {
        units = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytes / UNIT + 2), true);
    }

    /** Begins without any. */
    public Lease lease() {
        return new Lease();
    }

    /** What one request holds, until it is closed. Confined to its thread. */
    public final class Lease implements AutoCloseable {

        private int held;

        private Lease() {}

        /**
         * Holds so many bytes in all; waits a while for them.
         *
         * @throws HttpProblem 503 when others do not give theirs back in time
         */
        void grow(int bytes) {
            int wanted = bytes <= SMALL ? 0 : bytes / UNIT + 1;
            try {
                if (wanted > held
                        && !units.tryAcquire(wanted - held, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw busy();
                }
                held = Math.max(held, wanted);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw busy();
            }
        }

        private HttpProblem busy() {
            return new HttpProblem(
                    503,
                    "Not available",
                    "Too many large requests are being read: send this one again later, or in"
                            + " several parts.");
        }

        @Override
        public void close() {
            units.release(held);
            held = 0;
        }
    }
}
