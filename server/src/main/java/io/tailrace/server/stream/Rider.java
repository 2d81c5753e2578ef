package io.tailrace.server.stream;

import io.tailrace.server.broker.Subscription;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A stream that has caught up, while a pump writes for it. Its own thread sleeps meanwhile, and
 * takes over again for everything unusual.
 */
final class Rider {

    /** Why a rider was let down. */
    enum End {
        /** Its own thread asked for it. */
        CALLED,
        /** What comes next is no longer in memory. */
        BEHIND,
        /** A write took so long that the others went on without it. */
        SLOW,
        /** A write failed. */
        FAILED,
        /** The pump failed: its riders go on without it for a while. */
        BROKEN
    }

    final Subscription subscription;
    final FrameWriter out;
    final Outlet socket;
    private final Supplier<byte[]> heartbeat;
    private final Thread owner;

    // Owned by the pump.
    @Nullable Group group;
    int place;
    long wrote;
    // Set before the end.
    @Nullable Throwable failure;

    private volatile @Nullable End end;

    /**
     * Made by the thread that will sleep.
     *
     * @param heartbeat makes a sign of life; called by the pump
     */
    Rider(Subscription subscription, FrameWriter out, Outlet socket, Supplier<byte[]> heartbeat) {
        this.subscription = subscription;
        this.out = out;
        this.socket = socket;
        this.heartbeat = heartbeat;
        this.owner = Thread.currentThread();
        this.wrote = System.nanoTime();
    }

    /** A sign of life. */
    Block heartbeat() {
        return new Block(subscription.position(), heartbeat.get());
    }

    /** Ends the connection: a write takes too long. Any thread. */
    void giveUp() {
        out.stall();
        try {
            socket.close();
        } catch (RuntimeException e) {
            // it is closed already
        }
    }

    /** Pump, or the thread that was left with it: its own thread goes on. */
    void letDown(End reason) {
        end = reason;
        LockSupport.unpark(owner);
    }

    /** Why it was let down; null while it is not. */
    @Nullable End end() {
        return end;
    }

    /** Ends a wait of its own thread, which looks again. Any thread. */
    void wakeOwner() {
        LockSupport.unpark(owner);
    }

    /** Its own thread: waits while the pump writes; false when that takes too long. */
    boolean await(BooleanSupplier until, long deadline) throws InterruptedException {
        while (!until.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException("The wait for a pump was given up.");
            }
        }
        return true;
    }

    /** Its own thread: sleeps until it was let down. */
    End sleep(Pump pump) throws InterruptedException {
        boolean interrupted = false;
        End reason = end;
        while (reason == null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                pump.letDown(this);
            }
            reason = end;
        }
        if (interrupted) {
            throw new InterruptedException("The pump was asked to let go.");
        }
        return reason;
    }
}
