package io.tailrace.server.stream;

import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How many streams and polls there are, of each caller and in all, and how many there may be. When
 * there is no place, the open ones are made to notice first whether their readers went away: after
 * a broken network all readers come back at once. Thread-safe.
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

    private static final int PROBES = 5;
    private static final long PROBE_MILLIS = 200;

    private final int most;
    private final int perCaller;
    private final Runnable probe;
    private final Consumer<String> hit;

    // Guarded by this. Bounded by the streams that are open.
    private final Map<String, Integer> callers = new HashMap<>();
    private final Map<Transport, Integer> transports = new EnumMap<>(Transport.class);
    private int open;
    private long probed = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);

    /**
     * None is open yet.
     *
     * @param most so many in all
     * @param perCaller so many of one caller; whoever comes to an open gateway is nobody's caller
     * @param probe makes open streams notice whether their readers went away
     * @param hit told the name of a limit whenever somebody is refused because of it
     */
    public StreamLimits(int most, int perCaller, Runnable probe, Consumer<String> hit) {
        this.most = most;
        this.perCaller = perCaller;
        this.probe = probe;
        this.hit = hit;
    }

    /**
     * Takes a place for a stream or poll.
     *
     * @throws HttpProblem 429 or 503 when there are too many
     */
    public Place enter(Caller caller, Transport transport) throws InterruptedException {
        for (int probes = 0; probes < PROBES && full(caller); probes++) {
            if (probing()) {
                probe.run();
            }
            synchronized (this) {
                wait(PROBE_MILLIS);
            }
        }
        return take(caller, transport);
    }

    private synchronized boolean full(Caller caller) {
        return open >= most || crowded(caller);
    }

    private boolean crowded(Caller caller) {
        return caller.known() && callers.getOrDefault(caller.name(), 0) >= perCaller;
    }

    /** One of those who wait probes for all. */
    private synchronized boolean probing() {
        long now = System.nanoTime();
        boolean due = now - probed >= TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);
        probed = due ? now : probed;
        return due;
    }

    private synchronized Place take(Caller caller, Transport transport) {
        if (open >= most) {
            hit.accept("streams");
            throw new HttpProblem(
                    503,
                    "Not available",
                    "This gateway has %,d streams open, which is all it takes: try again later."
                            .formatted(most));
        }
        if (crowded(caller)) {
            hit.accept("streams_per_caller");
            throw HttpProblem.tooMany(
                    "You have %,d streams open, which is all that one caller may have: close one."
                            .formatted(perCaller),
                    5);
        }
        boolean somebody = caller.known();
        open++;
        transports.merge(transport, 1, Integer::sum);
        if (somebody) {
            callers.merge(caller.name(), 1, Integer::sum);
        }
        return place(caller.name(), somebody, transport);
    }

    private Place place(String caller, boolean somebody, Transport transport) {
        return new Place() {
            private boolean left;

            @Override
            public void close() {
                synchronized (StreamLimits.this) {
                    if (!left) {
                        left = true;
                        leave(caller, somebody, transport);
                    }
                }
            }
        };
    }

    private synchronized void leave(String caller, boolean somebody, Transport transport) {
        open--;
        notifyAll();
        transports.merge(transport, -1, Integer::sum);
        if (somebody) {
            callers.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many there are of that kind. */
    public synchronized int open(Transport transport) {
        return transports.getOrDefault(transport, 0);
    }

    /** How many callers have some. */
    public synchronized int callers() {
        return callers.size();
    }
}
