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
 * it takes pumps away from threads that are stuck in a write, and ends writes that take too long or
 * are too many. Thread-safe.
 */
final class PumpWatch implements AutoCloseable {

    private static final long TICK = 5_000_000;
    // While readers stall one after the other.
    private static final long QUICK_TICK = 1_000_000;
    private static final long QUICK_FOR = 1_000_000_000;
    // Each has a thread of its own.
    private static final int MAX_STUCK = 64;

    private record Stuck(Rider rider, long since) {}

    private final long writeTimeout;
    private final List<Pump> pumps = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ConcurrentLinkedQueue<Stuck> stuck = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    /** Starts a pump for each pair of processors. */
    PumpWatch(SessionOptions options, SessionObserver observer, Clock clock) {
        writeTimeout = options.writeTimeout().toNanos();
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        for (int i = 0; i < count; i++) {
            pumps.add(new Pump(this, observer, clock, options.heartbeat()));
        }
        thread = Thread.ofPlatform().daemon().name("pump-watch").start(this::watch);
        pumps.forEach(Pump::start);
    }

    /** The pump for one more rider. */
    Pump next() {
        return pumps.get(Math.floorMod(turn.getAndIncrement(), pumps.size()));
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

    private void watch() {
        long quickUntil = System.nanoTime();
        while (!closed) {
            asleep = true;
            if (quiet()) {
                LockSupport.park(this);
            }
            asleep = false;
            long now = System.nanoTime();
            LockSupport.parkNanos(this, now - quickUntil < 0 ? QUICK_TICK : TICK);
            now = System.nanoTime();
            for (Pump pump : pumps) {
                if (pump.takeAway()) {
                    quickUntil = now + QUICK_FOR;
                }
            }
            endOldest(now);
        }
        stuck.forEach(s -> s.rider().giveUp());
    }

    private boolean quiet() {
        return stuck.isEmpty() && !closed && pumps.stream().allMatch(Pump::idle);
    }

    private void endOldest(long now) {
        int tooMany = stuck.size() - MAX_STUCK;
        for (Iterator<Stuck> all = stuck.iterator(); all.hasNext(); ) {
            Stuck oldest = all.next();
            if (tooMany <= 0 && now - oldest.since() < writeTimeout) {
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
