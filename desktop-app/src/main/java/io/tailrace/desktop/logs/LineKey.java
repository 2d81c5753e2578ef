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
 * <p>A log that began anew has a life of its own behind all others. So has one whose older copy
 * took its place: what lies behind that place then has the positions of lines that are held.
 *
 * <p>One thread, the store's writer.
 */
final class LineKey {

    private static final int NOTICE_BITS = 6;
    private static final int POSITION_BITS = 46;
    private static final int LIFE_SHIFT = POSITION_BITS + NOTICE_BITS;
    private static final long MAX_POSITION = (1L << POSITION_BITS) - 1;
    private static final int MAX_LIVES = 2000;

    private final List<Life> lives = new ArrayList<>();
    private int shown = Integer.MAX_VALUE; // later copies did not come yet in what is shown again

    /**
     * A life of the log.
     *
     * @param from its lines lie behind this position; -1 for all of its positions
     */
    private record Life(String epoch, long from) {

        static Life parse(String text) {
            int dash = text.indexOf('-');
            return dash < 0
                    ? new Life(text, -1)
                    : new Life(
                            text.substring(0, dash),
                            Long.parseLong(text, dash + 1, text.length(), 10));
        }

        @Override
        public String toString() {
            return from < 0 ? epoch : epoch + "-" + from;
        }
    }

    /** The number of the line with a cursor; a log that begins anew comes behind all others. */
    long of(Cursor cursor) {
        int life = life(cursor);
        return at(life < 0 ? begin(new Life(cursor.epoch(), -1)) : life, cursor.position());
    }

    /** The number of the line at a position of a life. */
    static long at(int life, long position) {
        return (long) life << LIFE_SHIFT | Math.min(position, MAX_POSITION) << NOTICE_BITS;
    }

    private int begin(Life life) {
        if (lives.size() == MAX_LIVES) {
            throw new IllegalStateException("The gateway's log began anew too often: restart.");
        }
        lives.add(life);
        return lives.size() - 1;
    }

    /** The latest life that has a cursor; -1 when none has. */
    private int life(Cursor cursor) {
        for (int i = lives.size() - 1; i >= 0; i--) {
            Life life = lives.get(i);
            boolean later = i >= shown && life.from >= 0;
            if (!later && life.epoch.equals(cursor.epoch()) && life.from < cursor.position()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The log went back to a place and goes on from there with other entries.
     *
     * @param newest the number of the newest line
     * @return the number of the last line that both have, in the life that goes on
     */
    long fork(Cursor place, long newest) {
        int life = shown < Integer.MAX_VALUE ? again(place) : -1;
        if (life < 0) {
            life = life(new Cursor(place.epoch(), MAX_POSITION));
            boolean beyond = life >= 0 && newest > at(life, place.position()) + NOTICES;
            if (life < 0 || beyond) {
                life = begin(new Life(place.epoch(), life < 0 ? -1 : place.position()));
                shown = Math.max(shown, life + 1);
            }
        }
        return at(life, place.position());
    }

    /** A copy that an earlier console knew begins in what is shown again. */
    private int again(Cursor place) {
        int life = lives.lastIndexOf(new Life(place.epoch(), place.position()));
        shown = life < 0 ? shown : Math.max(shown, life + 1);
        return life;
    }

    /** What an earlier console received is shown again, from its beginning. */
    void replay() {
        shown = 0;
    }

    /** All of it was shown. */
    void replayed() {
        shown = Integer.MAX_VALUE;
    }

    /** Whether a line may be one that an older life has, too. */
    boolean copied(long line) {
        int life = (int) (line >>> LIFE_SHIFT);
        return life < lives.size() && lives.get(life).from >= 0;
    }

    /** The number that a line would have in the life before another's; -1 when there is none. */
    long before(long line, long other) {
        String epoch = lives.get((int) (line >>> LIFE_SHIFT)).epoch;
        for (int i = (int) (other >>> LIFE_SHIFT) - 1; i >= 0; i--) {
            Life before = lives.get(i);
            if (before.epoch.equals(epoch) && before.from < position(line)) {
                return at(i, position(line));
            }
        }
        return -1;
    }

    /** The number of the line with a cursor; empty in a life of the log that has no lines. */
    OptionalLong known(Cursor cursor) {
        int life = life(cursor);
        return life < 0 ? OptionalLong.empty() : OptionalLong.of(at(life, cursor.position()));
    }

    /** The cursor that a line has, or, for a notice, the line before it. */
    Cursor cursor(long line) {
        return new Cursor(lives.get((int) (line >>> LIFE_SHIFT)).epoch, position(line));
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
        copy.lives.addAll(lives);
        return copy;
    }

    /** All lives of the log, oldest first: each its epoch, and where it began when it is a copy. */
    List<String> lives() {
        return lives.stream().map(Life::toString).toList();
    }

    /** The epoch that began last; empty before the first. */
    String epoch() {
        return lives.isEmpty() ? "" : lives.getLast().epoch;
    }

    /** Takes the lives that an earlier console knew. */
    void restore(List<String> earlier) {
        earlier.stream().skip(lives.size()).map(Life::parse).forEach(lives::add);
    }
}
