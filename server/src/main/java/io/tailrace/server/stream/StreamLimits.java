package io.tailrace.server.stream;

import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How many streams and polls there are, of each caller and in all, and how many there may be.
 *
 * <p>A newcomer without a place waits a moment for one, because after a broken network all readers
 * come back at once while the places of the vanished ones are still taken: that a reader went away
 * shows only when something is written to it. So a {@link Sweep} writes to them for all who wait
 * together. Every place that gets free is handed to the newcomer who has waited longest of those
 * who may have it: nobody overtakes, and nobody is woken in vain. No more wait than there are
 * places. Thread-safe.
 */
public final class StreamLimits {

    /** How a reader gets its events. */
    public enum Transport {
        /** A stream of server-sent events. */
        SSE,
        /** A request that waits for events. */
        POLL;

        /** The word in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A place that was given; closed when it is free again. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    // A sweep begins and ends in it, even when the one before has just begun.
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    // So many times that, while places get free: a busy machine takes a while to end ten thousand.
    private static final int LONGEST = 4;

    private final int most;
    private final int perCaller;
    private final Duration patience;
    private final Consumer<String> hit;
    private final Sweep sweep;
    private final Share nobodys = new Share("", Integer.MAX_VALUE);

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock. Bounded by the streams that are open and the newcomers that wait.
    private final Map<String, Share> callers = new HashMap<>();
    private final Map<Transport, Integer> transports = new EnumMap<>(Transport.class);
    // Longest first. Whenever the lock is free, there is no place for any of them.
    private final Set<Newcomer> waiting = new LinkedHashSet<>();
    private int open;
    // When a newcomer who waited got a place, System.nanoTime.
    private long handed = System.nanoTime();
    private boolean draining;

    /** Who waits for a place. Guarded by lock. */
    private static final class Newcomer {
        final Share share;
        final Transport transport;
        final Condition turn;
        @Nullable Place place;

        Newcomer(Share share, Transport transport, Condition turn) {
            this.share = share;
            this.transport = transport;
            this.turn = turn;
        }
    }

    /**
     * None is open yet.
     *
     * @param most so many in all
     * @param perCaller so many of one caller; whoever comes to an open gateway is nobody's caller
     * @param probe writes something to the open streams of those callers
     * @param hit told the name of a limit whenever somebody is refused because of it
     */
    public StreamLimits(
            int most, int perCaller, Consumer<Predicate<Caller>> probe, Consumer<String> hit) {
        this(most, perCaller, PATIENCE, probe, hit);
    }

    StreamLimits(
            int most,
            int perCaller,
            Duration patience,
            Consumer<Predicate<Caller>> probe,
            Consumer<String> hit) {
        this.most = most;
        this.perCaller = perCaller;
        this.patience = patience;
        this.hit = hit;
        this.sweep = new Sweep(() -> probe.accept(sought()), () -> waiting() > 0);
    }

    /**
     * Takes a place for a stream or poll, and waits a moment for one when there is none.
     *
     * @throws HttpProblem 429 or 503 when there are too many, or the gateway stops
     */
    public Place enter(Caller caller, Transport transport) throws InterruptedException {
        lock.lock();
        try {
            Share share = share(caller);
            if (!draining && !full(share)) {
                return take(share, transport);
            }
            Place place = draining ? null : await(share, transport);
            if (place == null) {
                forget(share);
                throw refusal(share);
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    private Share share(Caller caller) {
        return caller.known()
                ? callers.computeIfAbsent(caller.name(), name -> new Share(name, perCaller))
                : nobodys;
    }

    private void forget(Share share) {
        if (share.unused()) {
            callers.remove(share.caller, share);
        }
    }

    private boolean full(Share share) {
        return open >= most || share.full();
    }

    /** Null when no place got free in time, or too many wait already. */
    private @Nullable Place await(Share share, Transport transport) throws InterruptedException {
        if (waiting.size() >= most || share.waiting >= share.most) {
            return null;
        }
        var newcomer = new Newcomer(share, transport, lock.newCondition());
        waiting.add(newcomer);
        share.waiting++;
        try {
            sweep.ask();
            long came = System.nanoTime();
            for (long left = left(came);
                    newcomer.place == null && !draining && left > 0;
                    left = left(came)) {
                var _ = newcomer.turn.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (newcomer.place != null) {
                newcomer.place.close();
            }
            throw e;
        } finally {
            if (waiting.remove(newcomer)) {
                share.waiting--;
                forget(share);
            }
        }
        return newcomer.place;
    }

    /** How many nanoseconds a newcomer still waits: longer while others get places. */
    private long left(long came) {
        long now = System.nanoTime();
        long nanos = patience.toNanos();
        return Math.min(nanos - Math.min(now - came, now - handed), LONGEST * nanos - (now - came));
    }

    private HttpProblem refusal(Share share) {
        if (draining) {
            return new HttpProblem(
                    503, "Not available", "The gateway is stopping. Connect again later.");
        }
        if (open >= most) {
            hit.accept("streams");
            return new HttpProblem(
                    503,
                    "Not available",
                    "This gateway has %,d streams open, which is all it takes: try again later."
                            .formatted(most));
        }
        hit.accept("streams_per_caller");
        return HttpProblem.tooMany(
                "You have %,d streams open, which is all that one caller may have: close one."
                        .formatted(share.most),
                5);
    }

    private Place take(Share share, Transport transport) {
        open++;
        share.open++;
        transports.merge(transport, 1, Integer::sum);
        return new Place() {
            private boolean left;

            @Override
            public void close() {
                lock.lock();
                try {
                    if (!left) {
                        left = true;
                        leave(share, transport);
                    }
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    private void leave(Share share, Transport transport) {
        open--;
        share.open--;
        transports.merge(transport, -1, Integer::sum);
        forget(share);
        handOver();
    }

    /** One place got free, so there is one for one newcomer at most. */
    private void handOver() {
        for (Iterator<Newcomer> all = waiting.iterator(); all.hasNext() && !draining; ) {
            Newcomer next = all.next();
            if (!full(next.share)) {
                all.remove();
                next.share.waiting--;
                handed = System.nanoTime();
                next.place = take(next.share, next.transport);
                next.turn.signal();
                return;
            }
        }
    }

    /** Whose streams to write to: everybody's, unless all who wait are held up by their own. */
    private Predicate<Caller> sought() {
        lock.lock();
        try {
            if (open >= most) {
                return _ -> true;
            }
            Set<String> names =
                    waiting.stream()
                            .map(n -> n.share.caller)
                            .collect(Collectors.toUnmodifiableSet());
            return caller -> names.contains(caller.name());
        } finally {
            lock.unlock();
        }
    }

    /** How many newcomers wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** The gateway stops: refuses those who wait, and all who come. */
    public void drain() {
        lock.lock();
        try {
            draining = true;
            waiting.forEach(newcomer -> newcomer.turn.signal());
        } finally {
            lock.unlock();
        }
    }

    /** How many there are of that kind. */
    public int open(Transport transport) {
        lock.lock();
        try {
            return transports.getOrDefault(transport, 0);
        } finally {
            lock.unlock();
        }
    }

    /** How many callers have some. */
    public int callers() {
        lock.lock();
        try {
            return (int) callers.values().stream().filter(share -> share.open > 0).count();
        } finally {
            lock.unlock();
        }
    }
}
