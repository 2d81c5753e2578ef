package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is readable: in memory, in the log.
 *
 * <p>The writer adds; readers read the tail without a lock, and the log when the tail does not
 * reach back far enough. An entry counts as readable only after every interested audience was
 * marked, so readers of an audience without a new mark know that there is nothing for them.
 */
final class Fanout {

    private static final System.Logger LOGGER = System.getLogger(Fanout.class.getName());

    private static final int READ_ENTRIES = 5_000;

    private final EventLog log;
    private final Tail tail;

    private final LongAdder tailHits = new LongAdder();
    private final LongAdder tailMisses = new LongAdder();

    private final Audiences audiences;

    // Written by the writer thread under the lock, read by anybody.
    private volatile long visible;
    // Odd while a trim is going on; written by the trimming thread.
    private volatile long trims;

    Fanout(EventLog log, long tailBytes) {
        this.log = log;
        this.tail = new Tail(tailBytes);
        this.visible = log.newest();
        this.audiences =
                new Audiences(this, log.channels().stream().map(ChannelInfo::channel).toList());
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

    /** Who wants which channel. */
    Audiences audiences() {
        return audiences;
    }

    /**
     * Makes stored entries readable. Writer thread only.
     *
     * @return who is to be woken
     */
    Collection<Audience> add(List<Frame> frames) {
        Runnable seen = () -> visible = frames.getLast().position();
        try {
            frames.forEach(tail::add);
            return audiences.mark(frames, seen);
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "Stored entries could not be announced; readers look for them in the log.",
                    e);
            return audiences.distrust(frames, seen);
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
        long upTo = visible;
        Batch recent = tail.read(channels, after, upTo, 1);
        Batch found = recent == null ? stored(channels, after, upTo, 1) : recent;
        return found.frames().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.frames().getFirst().received());
    }

    /** How many entries of those channels lie behind a position: so many at most. */
    long behind(Collection<Channel> channels, long position) {
        long upTo = visible;
        if (upTo - position <= channels.size()) {
            return Math.max(0, upTo - position); // not worth a look at each
        }
        long most = 0;
        for (ChannelInfo info : infos(channels)) {
            long span = info.newest() - position;
            most += span > 0 ? Math.min(span, info.count()) : 0;
        }
        return Math.min(most, upTo - position);
    }

    /** What the log has. */
    Batch stored(Set<Channel> channels, long after, long upTo, int maxBytes) {
        List<StoredEntry> entries = log.read(channels, after, upTo, READ_ENTRIES, maxBytes);
        List<Frame> frames = new ArrayList<>(entries.size());
        int size = 0;
        for (StoredEntry entry : entries) {
            Frame frame = frame(entry);
            frames.add(frame);
            size += frame.bytes().length;
        }
        // Something may follow the last one before upTo: only an empty answer says that nothing
        // does.
        long position = entries.isEmpty() ? upTo : entries.getLast().position();
        return new Batch(frames, List.of(), position, size);
    }

    Frame frame(StoredEntry entry) {
        return new Frame(log.epoch(), entry);
    }

    Cursor cursor(long position) {
        return new Cursor(log.epoch(), position);
    }

    /** What the log says of each of these channels. */
    List<ChannelInfo> infos(Collection<Channel> channels) {
        return channels.stream().flatMap(c -> log.channel(c).stream()).toList();
    }
}
