package io.tailrace.server.stream;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * All pumps, and the thread that sees to it that a reader who takes nothing holds up nobody else:
 * it takes pumps away from threads that are stuck in a write, and ends writes that take too long.
 * It gives another thread to a pump that has lost its own. Thread-safe.
 */
final class PumpWatch implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PumpWatch.class.getName());

    private static final long TICK = 5_000_000;
    // While readers stall one after the other.
    private static final long QUICK_TICK = 1_000_000;
    private static final long QUICK_FOR = 1_000_000_000;
    private static final long NAP = 1_000_000_000;
    // Each has a thread of its own. With more than so many, those that are stuck for longer than
    // this are ended first; a moment without a network, which strikes all at once, ends nobody.
    private static final int MANY = 1_000;
    private static final long PATIENCE = 5_000_000_000L;

    private record Stuck(Rider rider, long since) {}

    private final long writeTimeout;
    private final List<Pump> pumps = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ConcurrentLinkedQueue<Stuck> stuck = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    // Owned by the watch's thread.
    private long quickUntil = System.nanoTime();
    private volatile boolean asleep;
    private volatile boolean closed;

    /** Starts a pump for each pair of processors. */
    PumpWatch(SessionOptions options, SessionObserver observer, Clock clock) {
        writeTimeout = options.writeTimeout().toNanos();
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        for (int i = 0; i < count; i++) {
            pumps.add(new Pump(this, observer, clock, options.heartbeat()));
        }
        pumps.forEach(Pump::start);
        thread = Thread.ofPlatform().daemon().name("pump-watch").start(this::watch);
    }

    /** The pump for one more rider. */
    Pump next() {
        return pumps.get(Math.floorMod(turn.getAndIncrement(), pumps.size()));
    }

    /** All pumps. */
    List<Pump> all() {
        return List.copyOf(pumps);
    }

    /** Pump: begins to work. */
    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** A thread is left with this rider. */
    void left(Rider rider) {
        stuck.add(new Stuck(rider, System.nanoTime()));
    }

    /** A stuck write is over. */
    void returned(Rider rider) {
        stuck.removeIf(s -> s.rider() == rider);
    }

    /** Whether a thread was left with this rider so many nanoseconds ago. */
    boolean stuck(Rider rider, long nanos) {
        long now = System.nanoTime();
        return stuck.stream().anyMatch(s -> s.rider() == rider && now - s.since() >= nanos);
    }

    private void watch() {
        while (!closed) {
            try {
                look();
            } catch (Throwable e) { // without the watch one reader could hold up all others
                LOGGER.log(System.Logger.Level.ERROR, "The watch over the pumps failed.", e);
                LockSupport.parkNanos(this, TICK);
            }
        }
        stuck.forEach(s -> s.rider().giveUp());
    }

    private void look() {
        asleep = true;
        if (quiet()) {
            LockSupport.parkNanos(this, NAP); // a pump that has died calls nobody
        }
        asleep = false;
        long now = System.nanoTime();
        LockSupport.parkNanos(this, now - quickUntil < 0 ? QUICK_TICK : TICK);
        now = System.nanoTime();
        for (Pump pump : pumps) {
            pump.revive();
            if (pump.takeAway()) {
                quickUntil = now + QUICK_FOR;
            }
        }
        endOldest(now);
    }

    private boolean quiet() {
        return stuck.isEmpty() && !closed && pumps.stream().allMatch(Pump::idle);
    }

    private void endOldest(long now) {
        int tooMany = stuck.size() - MANY;
        for (Iterator<Stuck> all = stuck.iterator(); all.hasNext(); ) {
            Stuck oldest = all.next();
            long limit = tooMany > 0 ? Math.min(PATIENCE, writeTimeout) : writeTimeout;
            if (now - oldest.since() < limit) {
                return;
            }
            all.remove();
            oldest.rider().giveUp();
            tooMany--;
        }
    }

    @Override
    public void close() {
        closed = true;
        pumps.forEach(Pump::close);
        LockSupport.unpark(thread);
    }
}
