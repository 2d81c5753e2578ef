package io.tailrace.server.broker;

import java.util.List;

/**
 * How many entries wait for one reader: what was marked for its audience since it came, less what
 * it has taken since. The reading thread writes, anybody reads.
 */
final class Arrears {

    // What was marked, and up to where, when the reader came to its audience.
    private volatile long base;
    private volatile long seam;
    // Of those up to the seam, at most so many are left.
    private volatile long before;
    // So many of those behind it were taken.
    private volatile long taken;

    /** The reader has come to an audience. */
    void begin(Audiences.Membership member, long waiting) {
        base = member.marked();
        seam = member.visible();
        before = waiting;
        taken = 0;
    }

    /** Everything up to that position was taken: these. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void took(Audience audience, List<Frame> frames, long position) {
        long marked = audience.marked(); // first: all of these lie up to the newest
        if (audience.newest() <= position) {
            base = marked;
            reset();
            return;
        }
        int early = early(frames);
        if (early > 0) {
            before = Math.max(0, before - early);
        }
        if (early < frames.size()) {
            taken += frames.size() - early;
        }
    }

    /** Most of the time there is nothing to do, and what costs nothing is done for every reader. */
    private void reset() {
        if (taken != 0) {
            taken = 0;
        }
        if (before != 0) {
            before = 0;
        }
    }

    private int early(List<Frame> frames) {
        int early = 0;
        while (early < frames.size() && frames.get(early).position() <= seam) {
            early++;
        }
        return early;
    }

    /** How many are left for a reader at that position, when so much is visible. */
    long left(Audience audience, long position, long visible) {
        if (audience.newest() <= position) {
            return 0;
        }
        long early = position < seam ? before : 0;
        long left = early + audience.marked() - base - taken;
        return Math.clamp(left, 0, Math.max(0, visible - position));
    }
}
