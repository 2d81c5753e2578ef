package io.tailrace.desktop.logs;

import java.nio.charset.StandardCharsets;

/**
 * One line as the pane shows it: the first line of its entry, and how much more there is.
 *
 * @param number its number in the store
 * @param context what it shares with others
 * @param time when it happened, in milliseconds of the epoch
 * @param row the first line of the text, at most {@link #ROW_BYTES} of it
 * @param cut whether the first line is longer than that
 * @param more how many further lines the text has
 * @param frames whether they are a stack trace
 */
record LogLine(
        long number,
        LineContext context,
        long time,
        String row,
        boolean cut,
        int more,
        boolean frames) {

    /** So much of a line is shown in a row; the rest is in the details. */
    static final int ROW_BYTES = 32 << 10;

    private static final int COUNTED_BYTES = 1 << 20;

    /** Whether the row does not show all of its text. */
    boolean hasMore() {
        return more > 0 || cut;
    }

    /** Reads a line that is held. FX thread. */
    static LogLine read(LogStore store, long line) {
        LinePlace place = store.held(line);
        LogSegment segment = place.segment();
        int index = place.index();
        byte[] text = text(segment, index, COUNTED_BYTES);
        int feed = indexOf(text, 0, (byte) '\n');
        int rowEnd = feed < 0 ? text.length : feed;
        int shown = rowEnd <= ROW_BYTES ? rowEnd : boundary(text, ROW_BYTES);
        boolean cut = shown < rowEnd;
        if (!cut && shown > 0 && feed >= 0 && text[shown - 1] == '\r') {
            shown--;
        }
        int more = feed < 0 ? 0 : moreLines(text, feed + 1);
        return new LogLine(
                line,
                segment.context(index),
                segment.time(index),
                new String(text, 0, shown, StandardCharsets.UTF_8),
                cut,
                more,
                more > 0 && frames(text, feed + 1));
    }

    /** The whole text of a line that is held, exactly as it was published. */
    static String text(LogStore store, long line) {
        LinePlace place = store.held(line);
        byte[] text = text(place.segment(), place.index(), Integer.MAX_VALUE);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The further fields of a line that is held, as JSON; empty when it has none. */
    static String fields(LogStore store, long line) {
        LinePlace place = store.held(line);
        LogSegment segment = place.segment();
        int index = place.index();
        int from = segment.textEnd(index) + 1;
        int length = segment.end(index) - from;
        if (length <= 0) {
            return "";
        }
        byte[] json = new byte[length];
        segment.copy(from, json, 0, length);
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] text(LogSegment segment, int index, int limit) {
        int start = segment.start(index);
        byte[] text = new byte[Math.min(limit, segment.textEnd(index) - start)];
        segment.copy(start, text, 0, text.length);
        return text;
    }

    private static int boundary(byte[] utf8, int at) {
        int end = at;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static int indexOf(byte[] text, int from, byte wanted) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Lines that begin after the first one; a line feed at the very end begins none. */
    private static int moreLines(byte[] text, int from) {
        int lines = 0;
        int at = from;
        while (at >= 0 && at < text.length) {
            lines++;
            int feed = indexOf(text, at, (byte) '\n');
            at = feed < 0 ? -1 : feed + 1;
        }
        return lines;
    }

    /** Stack traces of the JVM and of Python have these in one of their first lines. */
    private static boolean frames(byte[] text, int from) {
        String head =
                new String(
                        text, from, Math.min(600, text.length - from), StandardCharsets.ISO_8859_1);
        return head.contains("\tat ")
                || head.contains("    at ")
                || head.contains("Traceback (most recent call last)")
                || head.contains("  File \"");
    }
}
