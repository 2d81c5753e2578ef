package io.tailrace.desktop.logs;

import io.tailrace.model.Cursor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The numbers of lines. They are made of cursors, so that a line has its place before it is there:
 * older ones that are fetched later fall between those that are held, and what comes twice is the
 * same line. Between two lines there are numbers for notices.
 *
 * <p>One thread, the store's writer.
 */
final class LineKey {

    private static final int NOTICE_BITS = 6;
    private static final int POSITION_BITS = 46;
    private static final int LIFE_SHIFT = POSITION_BITS + NOTICE_BITS;
    private static final long MAX_POSITION = (1L << POSITION_BITS) - 1;
    private static final int MAX_EPOCHS = 2000;

    private final List<String> epochs = new ArrayList<>();

    /** The number of the line with a cursor; a log that begins anew comes behind all others. */
    long of(Cursor cursor) {
        int life = epochs.lastIndexOf(cursor.epoch());
        if (life < 0) {
            if (epochs.size() == MAX_EPOCHS) {
                throw new IllegalStateException("The gateway's log began anew too often: restart.");
            }
            life = epochs.size();
            epochs.add(cursor.epoch());
        }
        return ((long) life << LIFE_SHIFT)
                | Math.min(cursor.position(), MAX_POSITION) << NOTICE_BITS;
    }

    /** The number of the line at a position of a life whose position 0 has another; any thread. */
    static long at(long life, long position) {
        return life | Math.min(position, MAX_POSITION) << NOTICE_BITS;
    }

    /** The number of the line with a cursor; empty in a life of the log that has no lines. */
    OptionalLong known(Cursor cursor) {
        return epochs.contains(cursor.epoch()) ? OptionalLong.of(of(cursor)) : OptionalLong.empty();
    }

    /** The cursor that a line has, or, for a notice, the line before it. */
    Cursor cursor(long line) {
        return new Cursor(epochs.get((int) (line >>> LIFE_SHIFT)), position(line));
    }

    /** The position in a line's cursor. */
    static long position(long line) {
        return (line >>> NOTICE_BITS) & MAX_POSITION;
    }

    /** How many notices have room behind a line. */
    static final int NOTICES = (1 << NOTICE_BITS) - 1;

    /** The number of the first line that can come behind a line and its notices. */
    static long beyond(long line) {
        return (line | NOTICES) + 1;
    }

    /** The same, for another thread. */
    LineKey copy() {
        LineKey copy = new LineKey();
        copy.epochs.addAll(epochs);
        return copy;
    }

    /** All lives of the log, oldest first. */
    List<String> epochs() {
        return List.copyOf(epochs);
    }

    /** Takes the lives that an earlier console knew. */
    void restore(List<String> earlier) {
        epochs.addAll(earlier.subList(Math.min(earlier.size(), epochs.size()), earlier.size()));
    }
}
