package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    // Those that are too many, in the order in which they came. Guarded by itself.
    private final List<Channel> outsiders = new ArrayList<>(0);
    private volatile int outside;

    // A ring: where the latest entries are, so that nobody looks at those of others. Complete
    // from the floor on, as far as it reaches.
    private volatile long floor;
    private volatile @Nullable AtomicLongArray marks;
    // Written by the writer.
    private volatile long marked;
    private volatile long newest;

    private final Set<Subscription> waiting = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Runnable> wakers = new CopyOnWriteArrayList<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    // Written before the latch opens.
    private boolean complete;

    // Guarded by the lock of all audiences.
    int users;

    /** An audience whose channels are yet to be gathered. */
    Audience(Fanout fanout, Interest interest) {
        this.fanout = fanout;
        this.interest = interest;
    }

    /**
     * Its channels are gathered. It knows nothing of what is visible already. Nobody marks
     * meanwhile.
     *
     * @param done whether it is complete; otherwise it is of no use
     */
    void end(long visible, boolean done) {
        floor = visible;
        newest = visible;
        complete = done;
        ended.countDown();
    }

    /** Waits until it is gathered; false when that failed. */
    boolean gathered() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return complete;
    }

    /** What all of them want. */
    public Interest interest() {
        return interest;
    }

    /** Its channels at this moment; live. */
    Set<Channel> channels() {
        return channels;
    }

    /**
     * Takes a channel in. One at a time calls this.
     *
     * @return false when it has as many as it may have: then it is remembered as an outsider
     */
    boolean join(Channel channel) {
        if (channels.size() < interest.most() || channels.contains(channel)) {
            channels.add(channel);
            return true;
        }
        synchronized (outsiders) {
            outsiders.add(channel);
            outside = outsiders.size();
        }
        return false;
    }

    /** How many channels could not join, because there were too many already. */
    int outsiders() {
        return outside;
    }

    /** The channels that could not join, behind the first so many. */
    List<Channel> outsiders(int from) {
        synchronized (outsiders) {
            return List.copyOf(outsiders.subList(from, outsiders.size()));
        }
    }

    /** Writer: nobody knows what lies up to there, which is not visible yet. */
    void distrust(long position) {
        floor = position;
        newest = position;
    }

    /** How many entries were marked. */
    long marked() {
        return marked;
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
        newest = position; // before the count: whoever counts, knows of what he counted
        marked++;
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
            return Batch.none(upTo);
        }
        Batch found = marked(after, upTo, maxBytes);
        return found == null ? fanout.recent(channels, after, upTo, maxBytes) : found;
    }

    /** The number of the first mark behind a position; -1 when that is not known any more. */
    private long firstBehind(AtomicLongArray ring, long end, long after) {
        long oldest = Math.max(0, end - KEPT + 1);
        long begin = end;
        while (begin > oldest && ring.get(slot(begin - 1)) > after) {
            begin--;
        }
        return begin == oldest && oldest > 0 ? -1 : begin;
    }

    /**
     * The first entry behind a position, from memory; null when there is none, or memory does not
     * know.
     */
    @Nullable Frame next(long after) {
        AtomicLongArray ring = marks;
        long end = marked;
        long first = ring == null || after < floor ? -1 : firstBehind(ring, end, after);
        if (ring == null || first < 0 || first == end) {
            return null;
        }
        long position = ring.get(slot(first));
        return marked - first < KEPT ? fanout.recent(position) : null;
    }

    private @Nullable Batch marked(long after, long upTo, int maxBytes) {
        AtomicLongArray ring = marks;
        long end = marked;
        if (ring == null || after < floor) {
            return null;
        }
        long begin = firstBehind(ring, end, after);
        if (begin < 0) {
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
