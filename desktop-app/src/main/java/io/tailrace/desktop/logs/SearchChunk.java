package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Up to 64 KiB of whole lines, copied to where they are searched fastest. One thread; the bytes are
 * reused from chunk to chunk.
 */
final class SearchChunk {

    private static final int BYTES = 64 << 10;

    private final LogSegment segment;
    private final SegmentBody body;
    private final ColumnWindow ends;
    private final ColumnWindow ids;
    private byte[] buffer = new byte[BYTES];
    private int from;
    private int to;
    private int base;
    private int length;
    private int line; // the last one asked for
    private @Nullable String latin; // made when it is asked for

    /** Reads lines with indexes less than a limit, of a body that the caller retains. */
    SearchChunk(LogSegment segment, SegmentBody body, int limit) {
        this.segment = segment;
        this.body = body;
        this.ends = new ColumnWindow(body.ends(), limit);
        this.ids = new ColumnWindow(body.ids(), limit);
    }

    /** Reads lines from one index, at most up to another, and at least one. */
    void read(int first, int limit) {
        from = first;
        line = first;
        base = body.start(first);
        to = fitting(first + 1, limit);
        length = body.end(to - 1) + 1 - base;
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        body.copy(base, buffer, 0, length);
        latin = null;
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

    /** The bytes; places in them are counted from the begin of the first line. */
    byte[] bytes() {
        return buffer;
    }

    /** The bytes as characters. */
    String latin() {
        String made = latin;
        if (made == null) {
            made = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            latin = made;
        }
        return made;
    }

    /** How many bytes there are. */
    int length() {
        return length;
    }

    /** A part of the bytes as text. */
    String text(int begin, int end) {
        return new String(buffer, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** The first line read, by its index in the segment. */
    int from() {
        return from;
    }

    /** One more than the last line read. */
    int to() {
        return to;
    }

    /** The line that a byte belongs to; fastest when it is asked for ascending places. */
    int lineAt(int at) {
        if (at < start(line)) {
            line = from;
        }
        while (next(line) <= at) {
            line++;
        }
        return line;
    }

    /** The number of what a line shares with others. */
    int id(int index) {
        return (int) ids.value(index);
    }

    /** What a line shares with others. */
    LineContext context(int index) {
        return segment.contextOf(id(index));
    }

    /** Where a line begins. */
    int start(int index) {
        return index == from ? 0 : (int) ends.value(index - 1) - base;
    }

    /** Where a line's text ends; its fields are not searched. */
    int textEnd(int index) {
        boolean fields = context(index).fields();
        return fields ? body.textEnd(index, true) - base : next(index) - 1;
    }

    /** Where the next line begins. */
    int next(int index) {
        return (int) ends.value(index) - base;
    }
}
