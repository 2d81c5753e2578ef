package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

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
    private byte[] lower = {};
    private int from;
    private int to;
    private int base;
    private int length;
    private @Nullable String text; // made when it is asked for

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
        text = null;
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

    /** The bytes as characters. */
    String text() {
        String made = text;
        if (made == null) {
            made = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            text = made;
        }
        return made;
    }

    /** The same with ASCII letters in lower case. */
    String lowered() {
        if (lower.length < buffer.length) {
            lower = new byte[buffer.length];
        }
        AsciiCase.lower(buffer, lower, length);
        return new String(lower, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether each character is one byte. */
    boolean ascii() {
        return AsciiCase.only(buffer, length);
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
