package io.tailrace.server.ingest;

import java.util.Arrays;

/**
 * Cuts bytes into lines as they arrive, in bounded memory. Confined to one thread.
 *
 * <p>Lines end with LF or CRLF; the end of the last one may be missing.
 */
final class LineSplitter {

    /** Receives what was found. */
    interface Sink {

        /** A line without its end; the array is only lent. */
        void line(long number, byte[] bytes, int offset, int length);

        /** A line that is longer than allowed; its bytes are gone. */
        void tooLong(long number);
    }

    private final int maxLine;
    private final Sink sink;

    // The beginning of a line whose end has not come yet.
    private byte[] carry = new byte[256];
    private int carried;
    private boolean skipping;
    private long fed;
    private long ended; // the bytes of all lines before the current one
    private long number = 1;

    LineSplitter(int maxLine, Sink sink) {
        this.maxLine = maxLine;
        this.sink = sink;
    }

    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        long before = fed - offset;
        fed += length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                finish(bytes, from, i - from);
                from = i + 1;
                ended = before + from;
            }
        }
        keep(bytes, from, end - from);
    }

    /** The end of the body: what is left is a line too. */
    void end() {
        if (carried > 0 || skipping) {
            finish(carry, 0, 0);
            ended = fed;
        }
    }

    /** How many bytes came. */
    long fed() {
        return fed;
    }

    /**
     * Where the current line begins, counted in bytes that came; while the sink is told: that line.
     */
    long lineStart() {
        return ended;
    }

    /** The bytes of a line whose end has not come will come again. */
    void forget() {
        carried = 0;
        skipping = false;
        fed = ended;
    }

    private void finish(byte[] bytes, int from, int length) {
        if (skipping || carried + (long) length > maxLine + 1L) {
            sink.tooLong(number);
        } else if (carried == 0) {
            emit(bytes, from, length);
        } else {
            keep(bytes, from, length);
            emit(carry, 0, carried);
        }
        number++;
        carried = 0;
        skipping = false;
        if (carry.length > 64 * 1024) {
            carry = new byte[256]; // a long line is rare: do not keep its memory
        }
    }

    private void emit(byte[] bytes, int from, int length) {
        boolean carriageReturn = length > 0 && bytes[from + length - 1] == '\r';
        int size = carriageReturn ? length - 1 : length;
        if (size > maxLine) {
            sink.tooLong(number);
        } else {
            sink.line(number, bytes, from, size);
        }
    }

    private void keep(byte[] bytes, int from, int length) {
        if (skipping || length == 0) {
            return;
        }
        if (carried + (long) length > maxLine + 1L) {
            skipping = true;
            carried = 0;
            return;
        }
        if (carried + length > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(carried + length, carry.length * 2));
        }
        System.arraycopy(bytes, from, carry, carried, length);
        carried += length;
    }
}
