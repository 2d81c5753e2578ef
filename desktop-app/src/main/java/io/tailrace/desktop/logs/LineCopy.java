package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The text of many lines, byte for byte as it was published, joined by line feeds. Built from the
 * store, never from what is on the screen.
 */
final class LineCopy {

    /** The most that is put on a clipboard, in bytes of UTF-8. */
    static final int MAX_BYTES = 256 << 20;

    private static final int SAMPLE = 1024; // lines by which the size of all is guessed

    private final LogStore store;
    private @Nullable LinePlace last;
    private byte[] bytes = new byte[1 << 16];
    private int length;

    private LineCopy(LogStore store) {
        this.store = store;
    }

    /**
     * The selected text of the lines that are shown; empty when it is over {@link #MAX_BYTES}.
     *
     * @param shown the lines that the filter accepts
     */
    static Optional<String> of(LogStore store, LineList shown, LineSelection selection) {
        LineCopy copy = new LineCopy(store);
        long first = selection.from().line();
        long end = shown.lowerBound(selection.to().line() + 1);
        boolean fits = true;
        boolean more = false;
        long begin = shown.lowerBound(first);
        for (long i = begin; i < end && fits; i++) {
            long line = shown.get(i);
            if (i - begin == SAMPLE) {
                copy.expect((double) (end - begin) / SAMPLE);
            }
            fits = (!more || copy.add((byte) '\n')) && copy.line(line, selection);
            more = true;
        }
        return fits
                ? Optional.of(new String(copy.bytes, 0, copy.length, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean line(long line, LineSelection selection) {
        boolean first = line == selection.from().line() && selection.from().column() > 0;
        boolean last = line == selection.to().line() && selection.to().column() != LineAnchor.END;
        if (first || last) {
            return part(line, selection, last);
        }
        LinePlace place = place(line);
        LogSegment segment = place.segment();
        int index = place.index();
        int start = segment.start(index);
        int size = segment.textEnd(index) - start;
        if (!room(size)) {
            return false;
        }
        segment.copy(start, bytes, length, size);
        length += size;
        return true;
    }

    /** The next line is most often the next one of the same segment. */
    private LinePlace place(long line) {
        LinePlace before = last;
        int next = before == null ? 0 : before.index() + 1;
        boolean follows =
                before != null
                        && next < before.segment().lines()
                        && before.segment().key(next) == line;
        LinePlace place =
                before != null && follows
                        ? new LinePlace(before.segment(), next)
                        : store.held(line);
        last = place;
        return place;
    }

    /** Takes memory for so many times what there is, once and not little by little. */
    private void expect(double times) {
        long wanted = (long) (length * times * 1.02);
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, wanted));
        }
    }

    /** A line that the selection does not take as a whole; columns count chars of its row. */
    private boolean part(long line, LineSelection selection, boolean last) {
        String row = LogLine.read(store, line).row();
        String text = last ? row : LogLine.text(store, line);
        int from =
                line == selection.from().line()
                        ? Math.min(row.length(), selection.from().column())
                        : 0;
        int to = last ? Math.min(row.length(), selection.to().column()) : text.length();
        byte[] utf8 = text.substring(from, Math.max(from, to)).getBytes(StandardCharsets.UTF_8);
        if (!room(utf8.length)) {
            return false;
        }
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return true;
    }

    private boolean add(byte one) {
        if (!room(1)) {
            return false;
        }
        bytes[length++] = one;
        return true;
    }

    private boolean room(int more) {
        long wanted = length + (long) more;
        if (wanted > MAX_BYTES) {
            return false;
        }
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, wanted + (wanted >> 1)));
        }
        return true;
    }
}
