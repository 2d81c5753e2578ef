package io.tailrace.server.stream;

import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;
import io.tailrace.server.stream.SessionObserver.Outcome;

import java.time.Clock;

/** Tells what a stream is sent, before it is live and then. Confined to the stream's thread. */
final class Replay {

    private final long beginning;
    private final SessionObserver observer;
    private final Clock clock;
    private long entries;
    private boolean gap;
    private boolean told;

    /** Replay is what lies up to that position. */
    Replay(long beginning, SessionObserver observer, Clock clock) {
        this.beginning = beginning;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * All of this was sent.
     *
     * @param past whether it lies before what the stream was sent already
     */
    void sent(Batch batch, boolean past) {
        if (!batch.frames().isEmpty()) {
            Frame last = batch.frames().getLast();
            int count = batch.frames().size();
            boolean early = last.position() <= beginning;
            observer.delivered(count, batch.bytes(), early || past);
            if (early) {
                entries += count;
            } else if (!past) {
                observer.flushed(clock.millis() - last.received());
                observer.reached(batch.position());
            }
        }
        reached(batch.position());
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
