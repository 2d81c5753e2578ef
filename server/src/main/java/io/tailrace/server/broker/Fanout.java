package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.SseFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is readable, and who waits for which channel.
 *
 * <p>The writer adds; readers read the tail without a lock, and the log when the tail does not
 * reach back far enough. An entry counts as readable only after every interested audience was
 * marked, so readers of an audience without a new mark know that there is nothing for them.
 */
final class Fanout {

    private static final int READ_ENTRIES = 5_000;

    private final EventLog log;
    private final Tail tail;
    private final ReentrantLock lock = new ReentrantLock();

    private final LongAdder tailHits = new LongAdder();
    private final LongAdder tailMisses = new LongAdder();

    // Guarded by lock.
    private final Map<Channel, Set<Audience>> interested = new HashMap<>();
    private final Map<Interest, Audience> audiences = new LinkedHashMap<>();

    // Written by the writer thread under the lock, read by anybody.
    private volatile long visible;
    // Odd while a trim is going on; written by the trimming thread.
    private volatile long trims;

    Fanout(EventLog log, long tailBytes) {
        this.log = log;
        this.tail = new Tail(tailBytes);
        this.visible = log.newest();
        log.channels().forEach(info -> interested.put(info.channel(), new LinkedHashSet<>()));
    }

    /** Up to where everything can be read. */
    long visible() {
        return visible;
    }

    EventLog log() {
        return log;
    }

    /** Changes with every trim. */
    long trims() {
        return trims;
    }

    /** Only one thread calls this. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void trimming(Runnable trim) {
        trims++;
        try {
            trim.run();
        } finally {
            trims++;
        }
    }

    /**
     * Makes stored entries readable. Writer thread only.
     *
     * @return who is to be woken
     */
    Set<Audience> add(List<Frame> frames) {
        Set<Audience> marked = new LinkedHashSet<>();
        lock.lock();
        try {
            Map<Channel, Set<Audience>> touched = new HashMap<>();
            for (Frame frame : frames) {
                tail.add(frame);
                Set<Audience> readers = touched.computeIfAbsent(frame.channel(), this::readersOf);
                readers.forEach(audience -> audience.mark(frame.position()));
            }
            touched.values().forEach(marked::addAll);
            visible = frames.getLast().position();
        } finally {
            lock.unlock();
        }
        return marked;
    }

    private Set<Audience> readersOf(Channel channel) {
        Set<Audience> known = interested.get(channel);
        if (known != null) {
            return known;
        }
        Set<Audience> readers = new LinkedHashSet<>();
        for (Audience audience : audiences.values()) {
            if (audience.interest().wants(channel)) {
                audience.join(channel);
                readers.add(audience);
            }
        }
        interested.put(channel, readers);
        return readers;
    }

    /** The audience of that interest: from now on it is marked. Has to be left some time. */
    Audience enter(Interest interest) {
        lock.lock();
        try {
            Audience audience = audiences.get(interest);
            if (audience == null) {
                audience = gather(interest);
            }
            audience.users++;
            return audience;
        } finally {
            lock.unlock();
        }
    }

    private Audience gather(Interest interest) {
        Audience audience = new Audience(this, interest, visible);
        interested.forEach((channel, readers) -> {
            if (interest.wants(channel)) {
                audience.join(channel);
                readers.add(audience);
            }
        });
        audiences.put(interest, audience);
        return audience;
    }

    void leave(Audience audience) {
        lock.lock();
        try {
            if (--audience.users == 0) {
                audiences.remove(audience.interest());
                for (Channel channel : audience.channels()) {
                    Set<Audience> readers = interested.get(channel);
                    if (readers != null) {
                        readers.remove(audience);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Channels that exist and match one of the patterns. */
    List<Channel> matching(Collection<ChannelPattern> patterns) {
        lock.lock();
        try {
            return interested.keySet().stream()
                    .filter(c -> patterns.stream().anyMatch(p -> p.matches(c)))
                    .sorted()
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** What the tail has, or null. */
    @Nullable Batch recent(Set<Channel> channels, long after, long upTo, int maxBytes) {
        Batch batch = tail.read(channels, after, upTo, maxBytes);
        (batch == null ? tailMisses : tailHits).increment();
        return batch;
    }

    /** How often the tail had what a reader needed, or had it not. */
    long tailReads(boolean hit) {
        return (hit ? tailHits : tailMisses).sum();
    }

    /** The frame there, if it is in memory. */
    @Nullable Frame recent(long position) {
        return tail.get(position);
    }

    /** Whether a reader at that position needs nothing from the log. */
    boolean recentlyPast(long position) {
        return position >= visible || tail.reaches(position);
    }

    /** When the first entry of those channels behind a position came; empty when there is none. */
    OptionalLong received(Set<Channel> channels, long after) {
        Frame next = recent(after + 1);
        if (next == null) {
            List<Frame> stored = stored(channels, after, visible, 1).frames();
            next = stored.isEmpty() ? null : stored.getFirst();
        }
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.received());
    }

    /** What the log has. */
    Batch stored(Set<Channel> channels, long after, long upTo, int maxBytes) {
        List<StoredEntry> entries = log.read(channels, after, upTo, READ_ENTRIES, maxBytes);
        List<Frame> frames = new ArrayList<>(entries.size());
        int size = 0;
        for (StoredEntry entry : entries) {
            Frame frame = frame(entry.channel(), entry);
            frames.add(frame);
            size += frame.bytes().length;
        }
        // Something may follow the last one before upTo: only an empty answer says that nothing
        // does.
        long position = entries.isEmpty() ? upTo : entries.getLast().position();
        return new Batch(frames, List.of(), position, size);
    }

    Frame frame(Channel channel, StoredEntry entry) {
        byte[] bytes =
                SseFrame.event(cursor(entry.position()).toString(), entry.kind(), entry.json());
        return new Frame(channel, entry.position(), entry.received(), bytes);
    }

    Cursor cursor(long position) {
        return new Cursor(log.epoch(), position);
    }

    /** What the log says of each of these channels. */
    List<ChannelInfo> infos(Collection<Channel> channels) {
        return channels.stream().flatMap(c -> log.channel(c).stream()).toList();
    }
}
