package io.tailrace.server.dbt;

import io.tailrace.model.Channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was heard of invocations of dbt, over as many bodies as one log comes in: of the newest few,
 * for a day since their last line, and for an hour since their end. Thread-safe.
 */
public final class DbtRuns {

    /** So many invocations are remembered. */
    static final int MOST = 256;

    private static final int MOST_NODES = 50_000;
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_WHEN_ENDED = Duration.ofHours(1);

    /**
     * Which invocation, as lines of one channel tell it.
     *
     * @param caller who sends them: nobody else's lines begin or end it
     */
    record Key(String caller, Channel logs, String run, String invocation) {}

    // Guarded by this; the one that was heard of last is the last.
    private final Map<Key, Heard> heard = new LinkedHashMap<>(16, 0.75f, true);
    private int nodes;
    private Instant swept = Instant.EPOCH;

    /** Nothing was heard yet. */
    public DbtRuns() {}

    /** An invocation; the caller holds its monitor while he tells it of a line. */
    private static final class Heard {
        private final DbtRun run;
        private Instant last;
        private int nodes;
        private boolean forgotten;

        Heard(DbtRun run, Instant now) {
            this.run = run;
            this.last = now;
        }
    }

    /** Reads a line of an invocation. */
    interface Reader<T> {
        T read(DbtRun run);
    }

    /**
     * Tells an invocation of a line; nobody else does so meanwhile.
     *
     * @param now when the line came
     */
    <T> T tell(Key key, Instant now, Reader<T> line) {
        Heard one = heard(key, now);
        synchronized (one) {
            T told = line.read(one.run);
            count(one);
            return told;
        }
    }

    private synchronized Heard heard(Key key, Instant now) {
        Heard one = heard.computeIfAbsent(key, k -> new Heard(new DbtRun(k.logs(), k.run()), now));
        one.last = now;
        forget(now);
        return one;
    }

    private synchronized void count(Heard one) {
        int now = one.run.nodes();
        if (!one.forgotten) {
            nodes += now - one.nodes;
        }
        one.nodes = now;
    }

    /** Forgets from the front: what was heard of least recently. The last one always stays. */
    private void forget(Instant now) {
        boolean full = heard.size() > MOST || nodes > MOST_NODES;
        if (!full && Duration.between(swept, now).abs().compareTo(SWEEP) < 0) {
            return;
        }
        swept = now;
        Iterator<Heard> each = heard.values().iterator();
        while (heard.size() > 1 && each.hasNext()) {
            Heard one = each.next();
            Duration kept = one.run.ended() ? KEPT_WHEN_ENDED : KEPT;
            boolean old = one.last.plus(kept).isBefore(now);
            if (each.hasNext() && (old || heard.size() > MOST || nodes > MOST_NODES)) {
                nodes -= one.nodes;
                one.forgotten = true;
                each.remove();
            }
        }
    }

    /** What was heard of it was not stored: when it comes again it is new. */
    synchronized void forget(Key key) {
        Heard one = heard.remove(key);
        if (one != null) {
            nodes -= one.nodes;
            one.forgotten = true;
        }
    }

    /** How many invocations are remembered. */
    synchronized int size() {
        return heard.size();
    }
}
