package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How one reader gets what lies behind its position: from memory or from the log, with word of what
 * is missing. Of the reading thread.
 */
final class Reading {

    private final Fanout fanout;
    private final Gaps gaps;
    private Joins joins = new Joins();
    private List<Missing> untold = List.of();
    // How many channels that could not join were told.
    private volatile int outsiders;
    // Until the log was asked once, nothing is known about trims.
    private long seenTrims = -1;

    Reading(Fanout fanout) {
        this.fanout = fanout;
        this.gaps = new Gaps(fanout);
    }

    Beginning begin(Set<Channel> wanted, Start start) {
        Beginning beginning = Beginning.of(fanout, gaps, wanted, start);
        joins = beginning.joins();
        untold = beginning.missing();
        return beginning;
    }

    /** What could not be resumed at the start and is not told yet. */
    List<Missing> untold() {
        return untold;
    }

    /** Whether there is something to tell before anything is read. Any thread. */
    boolean news(Audience audience) {
        return audience.outsiders() > outsiders;
    }

    /** What is to be told before anything is read; each time less of it. */
    List<Missing> tell(Audience audience, long position) {
        List<Missing> first = untold;
        untold = List.of();
        if (first.isEmpty() && news(audience)) {
            List<Channel> fresh = audience.outsiders(outsiders);
            told(fresh.size());
            return gaps.outside(fresh, position);
        }
        return first;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void told(int count) {
        outsiders += count;
    }

    /** Whether all channels are read together. */
    boolean together() {
        return joins.isEmpty() && untold.isEmpty();
    }

    Batch read(Audience audience, long position, long limit, int maxBytes) {
        if (!joins.isEmpty()) {
            seenTrims = -1; // nobody asked yet what those that begin now have lost
            joins.passed(position);
        }
        if (joins.isEmpty()) {
            Batch recent = audience.read(position, limit, maxBytes);
            return recent == null ? stored(audience.channels(), position, limit, maxBytes) : recent;
        }
        long end = Math.min(limit, joins.end(position));
        Set<Channel> active = joins.begun(end, audience.channels());
        Batch recent = fanout.recent(active, position, end, maxBytes);
        return joins.without(recent == null ? stored(active, position, end, maxBytes) : recent);
    }

    /** Reads the log; says what was trimmed away before it could be read. */
    private Batch stored(Set<Channel> active, long position, long end, int maxBytes) {
        long trims;
        Batch batch;
        int tries = 0;
        do {
            trims = fanout.trims();
            batch = fanout.stored(active, position, end, maxBytes);
        } while (trims != fanout.trims() && ++tries < 3);
        if (fanout.trims() == seenTrims) {
            return batch;
        }
        List<Missing> missing = gaps.trimmedBeyond(active, position, joins);
        if (trims == fanout.trims() && trims % 2 == 0) {
            seenTrims = trims;
        }
        return new Batch(batch.frames(), missing, batch.position(), batch.bytes());
    }

    /**
     * Other channels from now on.
     *
     * @return those that are new
     */
    Set<Channel> change(Set<Channel> before, Set<Channel> now) {
        joins.retain(now);
        outsiders = 0; // of another audience; who was told already is not told again
        Set<Channel> fresh = new HashSet<>();
        for (Channel channel : now) {
            if (!before.contains(channel)) {
                fresh.add(channel);
            }
        }
        return fresh;
    }

    /** Takes over what another reader leaves who has read up to there. */
    void addBehind(long position, Reading past) {
        joins.addBehind(position, past.joins);
    }

    /** Begins all of these behind that position, when it is to be asked for at all. */
    void beginTogether(long position, Set<Channel> channels) {
        if (joins.isEmpty()) {
            joins.add(position, channels);
        }
    }
}
