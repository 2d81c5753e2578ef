package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reader's interest in channels: patterns and a place in the log, no queue. Live and replay are
 * the same read.
 *
 * <p>One thread calls {@link #next}; any thread may close.
 */
public final class Subscription implements AutoCloseable {

    private static final long NOTHING = Long.MAX_VALUE;

    private final Fanout fanout;
    private final List<ChannelPattern> patterns;

    // The channels that are read now; the writer adds those that are created later.
    private final Set<Channel> active = ConcurrentHashMap.newKeySet();

    // Owned by the reading thread.
    private final TreeMap<Long, List<Channel>> joins = new TreeMap<>();
    private final Map<Channel, Long> told = new HashMap<>();
    private List<Missing> firstMissing = List.of();
    // Until the log was asked once, nothing is known about trims.
    private long seenTrims = -1;

    // Written by the reading thread, read by anybody.
    private volatile long position;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    // Written under lock: nothing of this subscription lies between position and this.
    private volatile long mark = NOTHING;
    private boolean closed;
    private boolean nudged;

    private Subscription(Fanout fanout, List<ChannelPattern> patterns) {
        this.fanout = fanout;
        this.patterns = List.copyOf(patterns);
    }

    /** Registers first and looks then: what comes in between is marked. */
    static Subscription open(Fanout fanout, List<ChannelPattern> patterns, Start start) {
        Subscription subscription = new Subscription(fanout, patterns);
        Set<Channel> channels = fanout.register(subscription);
        try {
            subscription.begin(channels, start);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private void begin(Set<Channel> channels, Start start) {
        switch (start) {
            case Start.At at -> {
                active.addAll(channels);
                moveTo(at.position());
            }
            case Start.Newest newest -> {
                for (Channel channel : channels) {
                    long from = fanout.log().beforeNewest(channel, newest.count(), newest.upTo());
                    joins.computeIfAbsent(from, _ -> new ArrayList<>()).add(channel);
                }
                moveTo(joins.isEmpty() ? newest.upTo() : joins.firstKey());
            }
            case Start.After after -> {
                active.addAll(channels);
                resume(channels, after.cursor());
            }
        }
    }

    private void resume(Set<Channel> channels, Cursor cursor) {
        long newest = fanout.visible();
        if (!cursor.epoch().equals(fanout.log().epoch())) {
            // Another life of the log: all that this life still has is new to the reader.
            firstMissing = epochGaps(channels, cursor, 0);
            moveTo(0);
        } else if (cursor.position() > newest) {
            // This life has forgotten what the reader saw: it goes on from here, and is told.
            firstMissing = epochGaps(channels, cursor, newest);
            moveTo(newest);
        } else {
            moveTo(cursor.position());
            // What was trimmed a moment ago may still be in memory: then nothing is missing.
            firstMissing =
                    fanout.recentlyPast(position)
                            ? List.of()
                            : trimmedBeyond(channels, cursor.position());
        }
    }

    private List<Missing> epochGaps(Collection<Channel> channels, Cursor cursor, long least) {
        return fanout.infos(channels).stream()
                .sorted((a, b) -> a.channel().compareTo(b.channel()))
                .map(info -> {
                    long to = Math.max(least, info.trimmedTo());
                    told.put(info.channel(), to);
                    return new Missing(info.channel(), cursor, fanout.cursor(to), "epoch");
                })
                .toList();
    }

    private List<Missing> trimmedBeyond(Collection<Channel> channels, long after) {
        List<Missing> missing = new ArrayList<>();
        for (ChannelInfo info : fanout.infos(channels)) {
            long to = info.trimmedTo();
            if (to > after && to > told.getOrDefault(info.channel(), 0L)) {
                told.put(info.channel(), to);
                missing.add(
                        new Missing(
                                info.channel(),
                                fanout.cursor(after),
                                fanout.cursor(to),
                                "retention"));
            }
        }
        return missing;
    }

    private void moveTo(long start) {
        position = start;
        remark(start + 1);
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
                return new Batch(List.of(), List.of(), position, 0);
            }
            batch = readTo(limit, maxBytes);
            left = deadline - System.nanoTime();
        } while (batch.isEmpty() && left > 0);
        return batch;
    }

    /** What there is up to the limit; the mark stays where more may be. */
    private Batch readTo(long limit, int maxBytes) {
        Batch batch = new Batch(List.of(), List.of(), position, 0);
        try {
            while (batch.isEmpty() && position < limit) {
                batch = read(limit, maxBytes);
                position = batch.position();
            }
            return batch;
        } finally {
            remark(position + 1);
        }
    }

    /** Waits until something may lie between the position and the returned one. */
    private long await(long upTo, long timeoutNanos) throws InterruptedException {
        long nanos = timeoutNanos;
        lock.lockInterruptibly();
        try {
            while (true) {
                long limit = Math.min(fanout.visible(), upTo);
                if (closed) {
                    return position;
                }
                if (mark <= limit) {
                    // Not nothing: it may have hidden the mark of what is about to be visible.
                    mark = limit + 1;
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
            lock.unlock();
        }
    }

    private Batch read(long limit, int maxBytes) {
        while (!joins.isEmpty() && joins.firstKey() <= position) {
            active.addAll(joins.pollFirstEntry().getValue());
        }
        long end = joins.isEmpty() ? limit : Math.min(limit, joins.firstKey());
        Batch recent = fanout.recent(active, position, end, maxBytes);
        return recent == null ? stored(end, maxBytes) : recent;
    }

    /** Reads the log; says what was trimmed away before it could be read. */
    private Batch stored(long end, int maxBytes) {
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
        List<Missing> missing = trimmedBeyond(active, position);
        if (trims == fanout.trims() && trims % 2 == 0) {
            seenTrims = trims;
        }
        return new Batch(batch.frames(), missing, batch.position(), batch.bytes());
    }

    private void remark(long first) {
        lock.lock();
        try {
            mark = Math.min(mark, first);
        } finally {
            lock.unlock();
        }
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

    /** The entries from the first that waits for it to the newest; 0 when none waits. */
    public long waiting() {
        return Math.max(0, fanout.visible() - Math.max(mark, position + 1) + 1);
    }

    /** The patterns it carries. */
    public List<ChannelPattern> patterns() {
        return patterns;
    }

    boolean wants(Channel channel) {
        return patterns.stream().anyMatch(p -> p.matches(channel));
    }

    /** Writer: a channel was created that the patterns match. */
    void join(Channel channel) {
        active.add(channel);
    }

    /** Writer: something for this subscription lies at that position. */
    void mark(long first) {
        remark(first);
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
        fanout.unregister(this);
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
