package io.tailrace.server.stream;

import io.tailrace.server.broker.Audience;
import io.tailrace.server.broker.Batch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The riders of one audience in one pump. Of the pump's thread, but for {@link #run}. */
final class Group implements Runnable {

    private static final int MANY = 16;
    private static final long MOST = 1_000_000;

    final Audience audience;
    final List<Rider> riders = new ArrayList<>();
    // The pass that is going on: who comes next, and up to where is written.
    int next;
    long limit;
    boolean more;

    private final Pump pump;
    private final AtomicBoolean queued = new AtomicBoolean();
    private @Nullable Block latest;

    // Of the last pass: how long it took, and whether one write carried several entries.
    private long begun;
    private long lasted;
    private boolean several;

    Group(Audience audience, Pump pump) {
        this.audience = audience;
        this.pump = pump;
    }

    /** Writer: there is something for this audience. */
    @Override
    public void run() {
        if (queued.compareAndSet(false, true)) {
            pump.ready(this);
        }
    }

    /**
     * How many nanoseconds to wait for more before the next pass. While publishers are ahead of
     * many readers, a pass costs less than the sum of two; an entry that comes alone never waits.
     */
    long patience() {
        return several && riders.size() >= MANY ? Math.min(lasted / 2, MOST) : 0;
    }

    /** Begins a pass: what becomes visible from now on queues the group again. */
    void begin() {
        begun = System.nanoTime();
        queued.set(false);
        look();
        next = 0;
    }

    /** Begins to write to a single rider. */
    void look() {
        limit = audience.visible();
        more = false;
    }

    /** Whether grants have changed: each rider's own thread looks what that means for it. */
    boolean stale() {
        return audience.interest().allowed() instanceof Allowed allowed && allowed.stale();
    }

    void add(Rider rider) {
        rider.group = this;
        rider.place = riders.size();
        riders.add(rider);
    }

    /** The last one takes the place that gets free. */
    void remove(Rider rider) {
        Rider last = riders.removeLast();
        if (last != rider) {
            riders.set(rider.place, last);
            last.place = rider.place;
        }
        rider.group = null;
    }

    /** What a reader at that position gets; null when it is no longer in memory. */
    @Nullable Block after(long position) {
        Block block = latest;
        if (block == null || !block.fits(position, limit)) {
            Batch batch = audience.read(position, limit, FrameWriter.BLOCK);
            if (batch == null) {
                return null;
            }
            block = new Block(position, limit, batch);
            latest = block;
        }
        return block;
    }

    /** A pass is over. */
    void passed() {
        Block block = latest;
        several = block != null && block.frames().size() > 1;
        lasted = System.nanoTime() - begun;
        end();
    }

    /** Nothing more is written for now. */
    void end() {
        latest = null;
        if (more) {
            run();
        }
    }
}
