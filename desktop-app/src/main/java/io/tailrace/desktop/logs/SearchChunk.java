package io.tailrace.desktop.logs;

import java.nio.charset.StandardCharsets;

/**
 * Up to 64 KiB of whole lines as one String whose characters are the bytes of UTF-8: what the JDK
 * searches fastest. One thread; the bytes are reused from chunk to chunk.
 */
final class SearchChunk {

    private static final int BYTES = 64 << 10;

    private final LogSegment segment;
    private final SegmentBody body;
    private byte[] buffer = new byte[BYTES];
    private int from;
    private int to;
    private int base;
    private int length;
    private String text = "";

    /** Reads a body that the caller retains. */
    SearchChunk(LogSegment segment, SegmentBody body) {
        this.segment = segment;
        this.body = body;
    }

    /** Reads lines from one index, at most up to another, and at least one. */
    void read(int first, int limit) {
        from = first;
        base = body.start(first);
        to = fitting(first + 1, limit);
        length = body.end(to - 1) + 1 - base;
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        body.copy(base, buffer, 0, length);
        text = latin();
    }

    /** The greatest number of lines whose bytes fit. */
    private int fitting(int least, int most) {
        int low = least;
        int high = most;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (body.end(middle - 1) + 1 - base <= BYTES) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private String latin() {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The bytes as characters. */
    String text() {
        return text;
    }

    /** The same with ASCII letters in lower case; the buffer is changed by it. */
    String lowered() {
        lower(buffer, length);
        return latin();
    }

    /** Brings ASCII letters into lower case; without a branch, so that it runs on many at once. */
    static void lower(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int b = bytes[i];
            bytes[i] = (byte) (b + ((('@' - b) & (b - '[')) >>> 31 << 5));
        }
    }

    /** The first line read, by its index in the segment. */
    int from() {
        return from;
    }

    /** One more than the last line read. */
    int to() {
        return to;
    }

    /** The line that a character belongs to. */
    int lineAt(int at) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (body.end(middle) - base < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What a line shares with others. */
    LineContext context(int line) {
        return segment.contextOf((int) body.ids().value(line));
    }

    /** Where a line begins in the text. */
    int start(int line) {
        return body.start(line) - base;
    }

    /** Where a line's text ends; its fields are not searched. */
    int textEnd(int line) {
        return body.textEnd(line, context(line).fields()) - base;
    }

    /** Where the next line begins. */
    int next(int line) {
        return body.end(line) + 1 - base;
    }
}
