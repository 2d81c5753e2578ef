package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reader: an interest and a place in the log, no queue. Live and replay are the same read.
 *
 * <p>One thread at a time calls {@link #next} or {@link #passed}; any thread may change or close.
 */
public final class Subscription implements AutoCloseable {

    private final Fanout fanout;

    // Owned by the reading thread.
    private Joins joins = new Joins();
    private final Gaps gaps;
    private List<Missing> firstMissing = List.of();
    // Until the log was asked once, nothing is known about trims.
    private long seenTrims = -1;

    // Written by the reading thread, read by anybody.
    private volatile long position;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    // Changed with the lock held, read by anybody.
    private volatile Audience audience;
    // Guarded by lock.
    private boolean closed;
    private boolean nudged;

    private Subscription(Fanout fanout, Audience audience) {
        this.fanout = fanout;
        this.gaps = new Gaps(fanout);
        this.audience = audience;
    }

    /** Enters first and looks then: what comes in between is marked. */
    static Subscription open(Fanout fanout, Interest interest, Start start) {
        Subscription subscription = new Subscription(fanout, fanout.enter(interest));
        try {
            subscription.begin(Set.copyOf(subscription.audience.channels()), start);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private void begin(Set<Channel> wanted, Start start) {
        Beginning beginning = Beginning.of(fanout, gaps, wanted, start);
        position = beginning.position();
        joins = beginning.joins();
        firstMissing = beginning.missing();
    }

    /**
     * The next entries after the position.
     *
     * @param upTo nothing behind this position; returns at once when it is reached
     * @param timeout how long to wait for something
     * @return what there is, empty when the time is over or the subscription is closed
     * @throws io.tailrace.server.eventlog.EventLogException when the log cannot be read
     */
    public Batch next(int maxBytes, long upTo, Duration timeout) throws InterruptedException {
        List<Missing> first = firstMissing;
        if (!first.isEmpty()) {
            firstMissing = List.of();
            return new Batch(List.of(), first, position, 0);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        Batch batch;
        do { // a mark may turn out to be for other channels only
            long limit = await(upTo, left);
            if (position >= limit) {
                return Batch.none(position);
            }
            batch = readTo(limit, maxBytes);
            left = deadline - System.nanoTime();
        } while (batch.isEmpty() && left > 0);
        return batch;
    }

    private Batch readTo(long limit, int maxBytes) {
        Batch batch = Batch.none(position);
        while (batch.isEmpty() && position < limit) {
            batch = read(limit, maxBytes);
            position = batch.position();
        }
        return batch;
    }

    /** Waits until something may lie between the position and the returned one. */
    private long await(long upTo, long timeoutNanos) throws InterruptedException {
        long nanos = timeoutNanos;
        lock.lockInterruptibly();
        try {
            while (true) {
                audience.waits(this);
                long limit = Math.min(fanout.visible(), upTo); // before the newest is asked
                if (closed) {
                    return position;
                }
                if (audience.newest() > position && limit > position) {
                    return limit;
                }
                position = Math.max(position, limit);
                if (position >= upTo || nanos <= 0 || nudged) {
                    nudged = false;
                    return position;
                }
                nanos = wake.awaitNanos(nanos);
            }
        } finally {
            audience.waitsNoMore(this);
            lock.unlock();
        }
    }

    private Batch read(long limit, int maxBytes) {
        if (joins.passed(position)) {
            seenTrims = -1; // nobody asked yet what these have lost
        }
        Audience current = audience;
        if (joins.isEmpty()) {
            Batch recent = current.read(position, limit, maxBytes);
            return recent == null ? stored(current.channels(), limit, maxBytes) : recent;
        }
        long end = Math.min(limit, joins.next());
        Set<Channel> active = joins.begun(current.channels());
        Batch recent = fanout.recent(active, position, end, maxBytes);
        return recent == null ? stored(active, end, maxBytes) : recent;
    }

    /** Reads the log; says what was trimmed away before it could be read. */
    private Batch stored(Set<Channel> active, long end, int maxBytes) {
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
        List<Missing> missing = gaps.trimmedBeyond(active, position);
        if (trims == fanout.trims() && trims % 2 == 0) {
            seenTrims = trims;
        }
        return new Batch(batch.frames(), missing, batch.position(), batch.bytes());
    }

    /** Whether it goes on where that cursor is, or behind: not so when the log does not know it. */
    public boolean continues(Cursor after) {
        return after.epoch().equals(fanout.log().epoch()) && after.position() <= position;
    }

    /** What could not be resumed at the start; empty when nothing is missing. */
    public List<Missing> missingAtStart() {
        return firstMissing;
    }

    /** Everything of this subscription up to here was handed out. */
    public long position() {
        return position;
    }

    /** The patterns it carries. */
    public List<ChannelPattern> patterns() {
        return audience.interest().patterns();
    }

    /** Those that want the same: what is read for one of them is right for all. */
    public Audience audience() {
        return audience;
    }

    /**
     * Reading thread: whether it has caught up, so that what comes next for its audience comes next
     * for it, from memory.
     */
    public boolean live() {
        if (!joins.isEmpty() || !firstMissing.isEmpty()) {
            return false;
        }
        position = reached();
        return fanout.recentlyPast(position);
    }

    /** Nothing up to there is left for it. Any thread. */
    public long reached() {
        long at = position;
        long limit = fanout.visible(); // before the newest is asked
        return audience.newest() <= at ? Math.max(at, limit) : at;
    }

    /** Reading thread: everything of its audience up to there was handed out by somebody else. */
    public void passed(long newPosition) {
        position = newPosition;
    }

    /**
     * Wants something else from now on, at the same position. What is read after this is of the new
     * interest only; a block that is being written is of the old one. Any thread.
     */
    public void change(Interest interest) {
        Audience next = fanout.enter(interest);
        Audience left = next;
        lock.lock();
        try {
            if (!closed) {
                left = audience;
                left.waitsNoMore(this);
                audience = next;
                wake.signal();
            }
        } finally {
            lock.unlock();
        }
        fanout.leave(left);
    }

    /**
     * Wants something else from now on. Channels that stay are not disturbed; new ones begin where
     * they are told to. Reading thread.
     *
     * @return what the new ones have up to {@link #position}: to be read up to there, and sent,
     *     before this goes on. Needs no close
     */
    public Subscription change(Interest interest, Start start) {
        Set<Channel> before = Set.copyOf(audience.channels());
        change(interest);
        Set<Channel> now = Set.copyOf(audience.channels());
        joins.retain(now);
        Set<Channel> fresh = new HashSet<>(now);
        fresh.removeAll(before);
        // A reader of what is there already; the writer does not know it.
        Audience fixed = new Audience(fanout, audience.interest(), fanout.visible());
        fresh.forEach(fixed::join);
        Subscription past = new Subscription(fanout, fixed);
        past.begin(fresh, start);
        if (past.position > position && past.joins.isEmpty()) {
            past.joins.add(past.position, fresh);
        }
        joins.addBehind(position, past.joins);
        return past;
    }

    /** The channels that exist and are carried; live. */
    public Set<Channel> channels() {
        return Collections.unmodifiableSet(audience.channels());
    }

    /** Whether a read needs nothing from the log. */
    public boolean inMemory() {
        return fanout.recentlyPast(position);
    }

    /** How many entries lie behind the position, those of others too; 0 when none is for this. */
    public long lag() {
        long at = position;
        long visible = fanout.visible(); // before the newest is asked
        return audience.newest() <= at ? 0 : Math.max(0, visible - at);
    }

    /** When the oldest entry behind the position came, milliseconds since 1970; empty without. */
    public OptionalLong waitingSince() {
        long at = position;
        return lag() == 0 ? OptionalLong.empty() : fanout.received(audience.channels(), at);
    }

    /** Writer: what was marked can be read now. */
    void signal() {
        lock.lock();
        try {
            wake.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waiting of the reading thread once, though there is nothing to read. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            wake.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        fanout.leave(audience);
    }
}
