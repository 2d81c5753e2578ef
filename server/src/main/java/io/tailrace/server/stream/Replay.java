package io.tailrace.server.stream;

import io.tailrace.server.stream.SessionObserver.Outcome;

/** Counts what a stream is sent before it is live. Confined to the stream's thread. */
final class Replay {

    private final long beginning;
    private final SessionObserver observer;
    private long entries;
    private boolean gap;
    private boolean told;

    /** Replay is what lies up to that position. */
    Replay(long beginning, SessionObserver observer) {
        this.beginning = beginning;
        this.observer = observer;
    }

    /** Whether an entry at that position was stored before the stream began. */
    boolean covers(long position) {
        return position <= beginning;
    }

    /** Entries were sent. */
    void sent(int count, long last) {
        if (covers(last)) {
            entries += count;
        }
    }

    /** The reader was told that entries are missing. */
    void gap() {
        gap = true;
    }

    /** Everything up to there was sent. */
    void reached(long position) {
        if (position >= beginning) {
            end(gap ? Outcome.GAP : Outcome.COMPLETE);
        }
    }

    /** There will be no more of it, whether all was sent or not. */
    void end() {
        end(Outcome.CUT);
    }

    private void end(Outcome outcome) {
        if (!told && (entries > 0 || gap)) {
            observer.replayed(entries, outcome);
        }
        told = true;
    }
}
