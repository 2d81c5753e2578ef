package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reader: an interest and a place in the log, no queue. Live and replay are the same read.
 *
 * <p>One thread at a time calls {@link #next} or {@link #passed}; any thread may nudge or close.
 */
public final class Subscription implements AutoCloseable {

    private final Fanout fanout;

    // Owned by the reading thread.
    private final Reading reading;
    private final Arrears arrears = new Arrears();

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
        this.reading = new Reading(fanout);
        this.audience = audience;
    }

    /** Enters first and looks then: what comes in between is marked. */
    static Subscription open(Fanout fanout, Interest interest, Start start) {
        Audiences.Membership member = fanout.audiences().enter(interest);
        Subscription subscription = new Subscription(fanout, member.audience());
        try {
            subscription.begin(member, member.audience().channels(), start);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private void begin(Audiences.Membership member, Set<Channel> wanted, Start start) {
        Beginning beginning = reading.begin(wanted, start);
        position = beginning.position();
        arrears.begin(member, beginning.waiting());
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
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        Batch batch;
        do { // a mark may turn out to be for other channels only
            long limit = await(upTo, left);
            List<Missing> told = reading.tell(audience, position);
            if (!told.isEmpty()) {
                return new Batch(List.of(), told, position, 0);
            }
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
            batch = reading.read(audience, position, limit, maxBytes);
            passed(batch.frames(), batch.position());
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
                if (reading.news(audience) || !reading.untold().isEmpty()) {
                    return position;
                }
                long limit = Math.min(fanout.visible(), upTo); // before the newest is asked
                if (closed) {
                    return position;
                }
                if (audience.newest() > position && limit > position) {
                    return limit;
                }
                moved(Math.max(position, limit));
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

    /** Whether it goes on where that cursor is, or behind: not so when the log does not know it. */
    public boolean continues(Cursor after) {
        return after.epoch().equals(fanout.log().epoch()) && after.position() <= position;
    }

    /** What could not be resumed at the start; empty when nothing is missing. */
    public List<Missing> missingAtStart() {
        return reading.untold();
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
        if (!reading.together() || reading.news(audience)) {
            return false;
        }
        moved(reached());
        return inMemory();
    }

    /** Whether it has to be told something before it is sent anything. Any thread. */
    public boolean news() {
        return reading.news(audience);
    }

    /** Nothing up to there is left for it. Any thread. */
    public long reached() {
        long at = position;
        long limit = fanout.visible(); // before the newest is asked
        return audience.newest() <= at ? Math.max(at, limit) : at;
    }

    private void moved(long newPosition) {
        passed(List.of(), newPosition);
    }

    /** Reading thread: somebody else handed out these, which are all up to there. */
    public void passed(List<Frame> frames, long newPosition) {
        arrears.took(audience, frames, newPosition);
        position = newPosition;
    }

    /**
     * Wants something else from now on. Channels that stay are not disturbed; new ones begin where
     * they are told to. What is read after this is of the new interest only. Reading thread.
     *
     * @return what the new ones have up to {@link #position}: to be read up to there, and sent,
     *     before this goes on. Needs no close
     */
    public Subscription change(Interest interest, Start start) {
        Audiences.Membership next = fanout.audiences().enter(interest);
        Set<Channel> now = next.audience().channels();
        Set<Channel> fresh = reading.change(audience.channels(), now);
        long waiting = lag() + fanout.behind(fresh, position);
        enter(next);
        arrears.begin(next, waiting);
        // A reader of what is there already; the writer does not know it.
        Audience fixed = new Audience(fanout, interest);
        fresh.forEach(fixed::join);
        fixed.end(next.visible(), true);
        Subscription past = new Subscription(fanout, fixed);
        past.begin(new Audiences.Membership(fixed, 0, next.visible()), fresh, start);
        if (past.position > position) {
            past.reading.beginTogether(past.position, fresh);
        }
        reading.addBehind(position, past.reading);
        return past;
    }

    private void enter(Audiences.Membership next) {
        Audience left = next.audience();
        lock.lock();
        try {
            if (!closed) {
                left = audience;
                left.waitsNoMore(this);
                audience = next.audience();
            }
        } finally {
            lock.unlock();
        }
        fanout.audiences().leave(left);
    }

    /** The channels that exist and are carried; live. */
    public Set<Channel> channels() {
        return Collections.unmodifiableSet(audience.channels());
    }

    /** Whether a read needs nothing from the log. */
    public boolean inMemory() {
        long at = position;
        return fanout.recentlyPast(at) || audience.next(at) != null;
    }

    /** How many entries wait for it: exact once it has caught up, at most so many before. */
    public long lag() {
        long visible = fanout.visible(); // before the newest is asked
        return arrears.left(audience, position, visible);
    }

    /** When the oldest entry that waits came, milliseconds since 1970; empty without. */
    public OptionalLong waitingSince() {
        long at = position;
        if (lag() == 0) {
            return OptionalLong.empty();
        }
        Audience current = audience;
        Frame next = current.next(at);
        return next == null
                ? fanout.received(current.channels(), at)
                : OptionalLong.of(next.received());
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
        fanout.audiences().leave(audience);
    }
}
