package io.tailrace.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that a test moves by hand. */
final class ManualPacer implements Pacer {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    // Guarded by this.
    private long nanos;
    private final List<Pause> pausing = new ArrayList<>();

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void pause(Duration time) throws InterruptedException {
        Pause mine = new Pause(time, nanos + time.toNanos());
        pausing.add(mine);
        try {
            while (nanos < mine.end) {
                wait();
            }
        } finally {
            pausing.remove(mine);
        }
    }

    synchronized void advance(Duration time) {
        nanos += time.toNanos();
        pausing.removeIf(p -> p.end <= nanos); // at once, though the sleeper wakes a little later
        notifyAll();
    }

    /** Whether somebody waits for exactly that long. */
    synchronized boolean pausing(Duration time) {
        return pausing.stream().anyMatch(p -> p.time.equals(time));
    }

    private record Pause(Duration time, long end) {}
}
