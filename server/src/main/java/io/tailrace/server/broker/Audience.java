package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * All readers with the same interest, wherever they stand: their channels, and where in the log the
 * newest entries for them are. What is noted here is noted once, however many they are.
 *
 * <p>The writer marks; readers look without a lock.
 */
public final class Audience {

    // A power of two.
    private static final int KEPT = 256;

    private final Interest interest;
    private final Fanout fanout;
    // Those that exist; the writer adds those that are created later.
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    // A ring: where the latest entries are, so that nobody looks at those of others. Complete
    // from the floor on, as far as it reaches.
    private final long floor;
    private volatile @Nullable AtomicLongArray marks;
    // Written by the writer.
    private volatile long marked;
    private volatile long newest;

    private final Set<Subscription> waiting = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Runnable> wakers = new CopyOnWriteArrayList<>();

    // Guarded by the fanout's lock.
    int users;

    /** An audience that knows nothing of what is visible already. */
    Audience(Fanout fanout, Interest interest, long visible) {
        this.fanout = fanout;
        this.interest = interest;
        this.floor = visible;
        this.newest = visible;
    }

    /** What all of them want. */
    public Interest interest() {
        return interest;
    }

    /** Its channels at this moment; live. */
    Set<Channel> channels() {
        return channels;
    }

    /** Writer, or before anybody reads. */
    void join(Channel channel) {
        channels.add(channel);
    }

    /** Writer: an entry for this audience lies there; it is not visible yet. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void mark(long position) {
        AtomicLongArray ring = marks;
        if (ring == null) {
            ring = new AtomicLongArray(KEPT);
            marks = ring;
        }
        ring.set(slot(marked), position);
        marked++;
        newest = position;
    }

    /**
     * Nothing for this audience lies behind this position, up to what was visible before this was
     * asked.
     */
    public long newest() {
        return newest;
    }

    /** Up to where everything can be read. */
    public long visible() {
        return fanout.visible();
    }

    /**
     * What is in memory.
     *
     * @return what lies after one position up to another, which must be visible, within {@code
     *     maxBytes} but at least one frame; null when memory does not reach back that far
     */
    public @Nullable Batch read(long after, long upTo, int maxBytes) {
        if (newest <= after) {
            return new Batch(List.of(), List.of(), upTo, 0);
        }
        Batch found = marked(after, upTo, maxBytes);
        return found == null ? fanout.recent(channels, after, upTo, maxBytes) : found;
    }

    private @Nullable Batch marked(long after, long upTo, int maxBytes) {
        AtomicLongArray ring = marks;
        long end = marked;
        if (ring == null || after < floor) {
            return null;
        }
        long oldest = Math.max(0, end - KEPT + 1);
        long begin = end;
        while (begin > oldest && ring.get(slot(begin - 1)) > after) {
            begin--;
        }
        if (begin == oldest && oldest > 0) {
            return null;
        }
        List<Frame> frames = new ArrayList<>();
        int size = 0;
        long to = upTo;
        for (long i = begin; i < end; i++) {
            long position = ring.get(slot(i));
            if (position > upTo) {
                break;
            }
            Frame frame = fanout.recent(position);
            if (frame == null) {
                return null;
            }
            if (size + frame.bytes().length > maxBytes && !frames.isEmpty()) {
                to = frames.getLast().position();
                break;
            }
            frames.add(frame);
            size += frame.bytes().length;
        }
        // The writer may have come round meanwhile.
        return marked - begin < KEPT ? new Batch(frames, List.of(), to, size) : null;
    }

    private static int slot(long index) {
        return (int) (index & (KEPT - 1));
    }

    /** From now on this reader is signalled. It has to look once more after this. */
    void waits(Subscription subscription) {
        waiting.add(subscription);
    }

    void waitsNoMore(Subscription subscription) {
        waiting.remove(subscription);
    }

    /**
     * Has somebody called, on the writer's thread, whenever something for this audience became
     * visible: once for all of its readers that he looks after. He has to look once after this.
     */
    public void wakes(Runnable waker) {
        wakers.add(waker);
    }

    /** Ends that. */
    public void wakesNoMore(Runnable waker) {
        wakers.remove(waker);
    }

    /** Writer: what was marked can be read now. */
    void signal() {
        wakers.forEach(Runnable::run);
        waiting.forEach(Subscription::signal);
    }
}
