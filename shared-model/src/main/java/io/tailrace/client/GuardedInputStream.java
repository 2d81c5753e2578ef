package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A stream whose reads are broken off, by closing it, when no byte comes for too long. */
final class GuardedInputStream extends FilterInputStream {

    private final Watchdog watchdog;
    // Only the reading thread uses these, the limit between reads.
    private Duration limit;
    private @Nullable Duration later;
    private boolean begun;

    GuardedInputStream(InputStream in, Watchdog watchdog, Duration limit) {
        super(in);
        this.watchdog = watchdog;
        this.limit = limit;
    }

    void limit(Duration longest) {
        limit = longest;
    }

    /** Another limit for the first bytes than for those that follow. */
    void limits(Duration first, Duration others) {
        limit = first;
        later = others;
    }

    /** Whether any byte has come. */
    boolean begun() {
        return begun;
    }

    Duration limit() {
        return limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        watchdog.guard(limit, this::abandon);
        try {
            int count = super.read(into, offset, length);
            if (count > 0 && !begun) {
                begun = true;
                limit = later == null ? limit : later;
            }
            return count;
        } finally {
            watchdog.release();
        }
    }

    private void abandon() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
