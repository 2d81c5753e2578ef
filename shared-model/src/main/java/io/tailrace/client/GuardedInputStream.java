package io.tailrace.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A stream whose reads are broken off, by closing it, when no byte comes for too long. */
final class GuardedInputStream extends FilterInputStream {

    private final Watchdog watchdog;
    // Only the reading thread sets it, between reads.
    private Duration limit;

    GuardedInputStream(InputStream in, Watchdog watchdog, Duration limit) {
        super(in);
        this.watchdog = watchdog;
        this.limit = limit;
    }

    void limit(Duration longest) {
        limit = longest;
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
            return super.read(into, offset, length);
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
