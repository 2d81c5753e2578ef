package io.tailrace.desktop.logs;

import java.nio.charset.StandardCharsets;

/**
 * Up to 64 KiB of whole lines as one String whose characters are the bytes of UTF-8: what the JDK
 * searches fastest. One thread; the bytes are reused from chunk to chunk.
 */
final class SearchChunk {

    private static final int BYTES = 64 << 10;

    private byte[] buffer = new byte[BYTES];
    private LogSegment segment;
    private int from;
    private int to;
    private int base;
    private int length;
    private String text = "";

    SearchChunk(LogSegment segment) {
        this.segment = segment;
    }

    /** Reads lines from one index, at most up to another, and at least one. */
    void read(LogSegment source, int first, int limit) {
        segment = source;
        from = first;
        base = source.start(first);
        to = first + 1;
        while (to < limit && source.end(to) + 1 - base <= BYTES) {
            to++;
        }
        length = source.end(to - 1) + 1 - base;
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        source.copy(base, buffer, 0, length);
        text = latin();
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
        byte[] bytes = buffer;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            bytes[i] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
        }
        return latin();
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
            if (segment.end(middle) - base < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where a line begins in the text. */
    int start(int line) {
        return segment.start(line) - base;
    }

    /** Where a line's text ends; its fields are not searched. */
    int textEnd(int line) {
        return segment.textEnd(line) - base;
    }

    /** Where the next line begins. */
    int next(int line) {
        return segment.end(line) + 1 - base;
    }
}
