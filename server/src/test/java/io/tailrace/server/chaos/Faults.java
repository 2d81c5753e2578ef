package io.tailrace.server.chaos;

import io.tailrace.server.chaos.TcpProxy.Direction;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What is wrong with each direction at the moment. Thread-safe. */
final class Faults {

    private final Runnable whenUsedUp;
    // Guarded by this.
    private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);

    /**
     * Nothing is wrong yet.
     *
     * @param whenUsedUp called, once per limit, when as many bytes have passed as may
     */
    Faults(Runnable whenUsedUp) {
        this.whenUsedUp = whenUsedUp;
        for (Direction direction : Direction.values()) {
            flows.put(direction, new Flow());
        }
    }

    synchronized void stall(Direction direction, boolean stalled) {
        flow(direction).stalled = stalled;
        notifyAll();
    }

    synchronized void drop(Direction direction, boolean dropping) {
        flow(direction).dropping = dropping;
    }

    synchronized void delay(Direction direction, Duration delay) {
        flow(direction).delayNanos = delay.toNanos();
    }

    synchronized void limit(Direction direction, long bytes) {
        flow(direction).left = bytes;
    }

    synchronized void heal() {
        flows.replaceAll((_, old) -> new Flow(old.passed));
        notifyAll();
    }

    synchronized long bytes(Direction direction) {
        return flow(direction).passed;
    }

    /** Waits while the direction is stalled. */
    synchronized void awaitFlow(Direction direction) throws InterruptedException {
        while (flow(direction).stalled) {
            wait();
        }
    }

    /** When what was read just now may arrive. */
    synchronized long due(Direction direction) {
        return System.nanoTime() + flow(direction).delayNanos;
    }

    /** How many of so many bytes may pass: all, none, or those up to the limit. */
    synchronized int admit(Direction direction, int bytes) {
        Flow flow = flow(direction);
        if (flow.dropping) {
            return 0;
        }
        int pass = Math.toIntExact(Math.min(bytes, flow.left));
        flow.left -= flow.left == Long.MAX_VALUE ? 0 : pass;
        return pass;
    }

    /** So many bytes were written; outside of any lock, the limit's end is told. */
    void passed(Direction direction, int bytes) {
        boolean usedUp;
        synchronized (this) {
            Flow flow = flow(direction);
            flow.passed += bytes;
            usedUp = flow.left == 0;
            flow.left = usedUp ? Long.MAX_VALUE : flow.left;
        }
        if (usedUp) {
            whenUsedUp.run();
        }
    }

    private Flow flow(Direction direction) {
        return flows.computeIfAbsent(direction, _ -> new Flow());
    }

    private static final class Flow {
        private boolean stalled;
        private boolean dropping;
        private long delayNanos;
        private long left = Long.MAX_VALUE;
        private long passed;

        Flow() {}

        Flow(long passed) {
            this.passed = passed;
        }
    }
}
