package io.tailrace.server.stream;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes to many streams that have caught up, on one thread: what is new for an audience is framed
 * once and written to one reader after the other.
 *
 * <p>When a write blocks, the watch takes the pump away from its thread and gives it to a new one;
 * the old thread is left with that one reader, and hands it back to the reader's own thread when
 * the write returns. All fields without another word belong to the thread that has the pump.
 */
final class Pump {

    private static final System.Logger LOGGER = System.getLogger(Pump.class.getName());

    private enum Wish {
        RIDE,
        BEAT,
        LET_DOWN
    }

    private record Order(Wish wish, Rider rider) {}

    private final PumpWatch watch;
    private final SessionObserver observer;
    private final Clock clock;
    private final long heartbeat;
    private final long sweep;

    private final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Group> ready = new ConcurrentLinkedQueue<>();
    private final Groups groups = new Groups(this);
    private final Tally tally;
    private @Nullable Group current;
    private long nextSweep = System.nanoTime();

    private final Grip grip = new Grip();
    private volatile @Nullable Thread thread;
    private volatile boolean idle;
    private volatile boolean closed;

    Pump(PumpWatch watch, SessionObserver observer, Clock clock, Duration heartbeat) {
        this.watch = watch;
        this.observer = observer;
        this.clock = clock;
        this.tally = new Tally(observer, clock);
        this.heartbeat = heartbeat.toNanos();
        this.sweep = Math.clamp(this.heartbeat / 8, 5_000_000, 1_000_000_000);
    }

    /** Gives the pump a thread; the first time, and then only the watch calls this. */
    void start() {
        Thread fresh = Thread.ofPlatform().daemon().name("pump").unstarted(this::run);
        thread = fresh;
        fresh.start(); // when there is none to be had, the watch tries again
    }

    /**
     * Watch: when the pump's thread has ended though nobody asked it to, its riders go on alone and
     * the pump gets another.
     */
    void revive() {
        Thread last = thread;
        if (closed || last == null || last.isAlive()) {
            return;
        }
        grip.reset();
        current = null;
        groups.leave(Rider.End.BROKEN);
        start();
        observer.pumpFailed();
        LOGGER.log(System.Logger.Level.ERROR, "A pump had lost its thread and has another now.");
    }

    /** Takes over: from now on only the pump reads the subscription and writes. */
    void ride(Rider rider) {
        order(Wish.RIDE, rider);
    }

    /** Sends a sign of life to a rider now. */
    void beat(Rider rider) {
        order(Wish.BEAT, rider);
    }

    /** Hands a rider back to its thread, after what is being written to it. */
    void letDown(Rider rider) {
        order(Wish.LET_DOWN, rider);
    }

    private void order(Wish wish, Rider rider) {
        orders.add(new Order(wish, rider));
        wake();
        if (closed) {
            rider.letDown(Rider.End.CALLED);
        }
    }

    /** Writer: that group has something to read. */
    void ready(Group group) {
        ready.add(group);
        wake();
    }

    private void wake() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Whether a thread was left with this rider so many nanoseconds ago. */
    boolean stuck(Rider rider, long nanos) {
        return watch.stuck(rider, nanos);
    }

    /** Whether there is nothing to do at this moment. */
    boolean idle() {
        return idle;
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        grip.take();
        watch.wake();
        boolean mine = true;
        while (mine && !closed) {
            try {
                mine = step();
            } catch (Throwable e) { // whatever it is, the others have to go on
                current = null;
                groups.leave(Rider.End.BROKEN);
                observer.pumpFailed();
                LOGGER.log(System.Logger.Level.ERROR, "A pump failed; its readers go on alone.", e);
            }
        }
        if (mine) { // otherwise the pump has another thread by now
            groups.leave(Rider.End.CALLED);
        }
    }

    /** Does one thing; false when the pump was taken away meanwhile. */
    private boolean step() {
        Group group = current;
        if (group != null) {
            return pass(group);
        }
        Order order = orders.poll();
        if (order != null) {
            return obey(order);
        }
        if (System.nanoTime() - nextSweep >= 0) {
            return sweep();
        }
        Group next = ready.poll();
        if (next != null) {
            if (ready.isEmpty() && orders.isEmpty()) {
                LockSupport.parkNanos(this, next.patience()); // returns at once for 0
            }
            next.begin();
            current = next;
            return true;
        }
        await();
        return true;
    }

    private void await() {
        idle = true;
        if (orders.isEmpty() && ready.isEmpty() && !closed) {
            LockSupport.parkNanos(this, Math.max(1, nextSweep - System.nanoTime()));
        }
        idle = false;
        watch.wake();
    }

    private boolean obey(Order order) {
        Rider rider = order.rider();
        Group group = rider.group;
        return switch (order.wish()) {
            case RIDE -> board(rider);
            case BEAT -> group == null || write(rider, rider.heartbeat());
            case LET_DOWN -> {
                groups.leave(rider, Rider.End.CALLED);
                yield true;
            }
        };
    }

    /** Takes a rider in and writes what it may have missed while nobody woke the pump for it. */
    private boolean board(Rider rider) {
        Group group = groups.place(rider);
        group.look();
        if (!advance(rider, group)) {
            return false;
        }
        tally.tell();
        group.end();
        return true;
    }

    /** Sends signs of life to those that would be silent for too long. */
    private boolean sweep() {
        long now = System.nanoTime();
        nextSweep = now + sweep;
        for (Rider rider : groups.all(r -> now - r.wrote >= heartbeat - sweep)) {
            if (!write(rider, rider.heartbeat())) {
                return false;
            }
        }
        return true;
    }

    private boolean pass(Group group) {
        while (group.next < group.riders.size()) {
            Rider rider = group.riders.get(group.next);
            if (!advance(rider, group)) {
                return false;
            }
            if (rider.group == group) {
                group.next++;
            }
        }
        tally.tell();
        group.passed();
        current = null;
        return true;
    }

    /** Writes what comes next for one rider; false when the pump was taken away meanwhile. */
    private boolean advance(Rider rider, Group group) {
        long position = rider.subscription.position();
        if (position >= group.limit) {
            return true;
        }
        boolean alone = group.stale() || rider.subscription.news();
        Block block = alone ? null : group.after(position);
        if (block == null) {
            groups.leave(rider, Rider.End.BEHIND);
            return true;
        }
        group.more |= block.to() < group.limit;
        return write(rider, block);
    }

    private boolean write(Rider rider, Block block) {
        if (block.size() == 0) {
            rider.subscription.passed(block.frames(), block.to());
            return true;
        }
        byte[] ready = rider.out.ready(block);
        long write = grip.begin(rider);
        Throwable failure = null;
        try {
            rider.socket.send(ready);
            rider.out.sent(block);
            rider.subscription.passed(block.frames(), block.to());
            rider.wrote = System.nanoTime();
        } catch (Throwable e) { // whatever it is, it concerns this reader only
            failure = e;
        }
        if (!grip.end(write)) {
            returned(rider, block, failure);
            return false;
        }
        if (failure != null) {
            rider.failure = failure;
            groups.leave(rider, Rider.End.FAILED);
        } else if (rider.socket.counts()) {
            tally.add(block);
        }
        return true;
    }

    /** The pump is somebody else's: nothing of it may be touched here. */
    private void returned(Rider rider, Block block, @Nullable Throwable failure) {
        watch.returned(rider);
        rider.failure = failure;
        rider.letDown(failure == null ? Rider.End.SLOW : Rider.End.FAILED);
        if (failure == null) {
            Tally own = new Tally(observer, clock);
            own.add(block);
            own.tell();
        }
    }

    /**
     * Watch: takes the pump away from its thread when it is in the same write as when this was
     * asked last. The old thread is left with the rider.
     */
    boolean takeAway() {
        Rider rider = grip.stuck();
        if (rider == null) {
            return false;
        }
        watch.left(rider);
        if (!grip.loosen()) {
            watch.returned(rider);
            return false;
        }
        Group group = rider.group;
        if (group != null) {
            groups.remove(rider, group);
        }
        start();
        return true;
    }
}
