package io.tailrace.server.stream;

import io.tailrace.server.broker.Subscription;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A session's place in a pump: taken while the pump writes for it, free otherwise. */
final class Seat {

    // Nanoseconds, doubled with each stall up to half a minute.
    private static final long STALL_PAUSE = 50_000_000;
    private static final int MAX_STALLS = 9;

    private final Pump pump;
    private final Subscription subscription;
    private final FrameWriter out;
    private final Supplier<byte[]> heartbeat;

    // Set while the pump writes.
    private volatile @Nullable Rider riding;
    // Owned by the session's thread: after stalls it writes itself for a while.
    private long rideAfter = System.nanoTime();
    private int stalls;

    /**
     * In that pump.
     *
     * @param heartbeat makes a sign of life; called by the pump
     */
    Seat(Pump pump, Subscription subscription, FrameWriter out, Supplier<byte[]> heartbeat) {
        this.pump = pump;
        this.subscription = subscription;
        this.out = out;
        this.heartbeat = heartbeat;
    }

    /**
     * Sleeps while the pump writes. Session's thread, which has caught up.
     *
     * @param called whether there is already something that only the session's thread does
     * @return false when the pump cannot write for it now
     */
    boolean ride(BooleanSupplier called) throws IOException, InterruptedException {
        Optional<SocketWire> socket =
                System.nanoTime() - rideAfter >= 0 ? out.shared() : Optional.empty();
        if (socket.isEmpty()) {
            return false;
        }
        out.rest();
        Rider rider = new Rider(subscription, out, socket.get(), heartbeat);
        long begin = System.nanoTime();
        riding = rider;
        pump.ride(rider);
        if (called.getAsBoolean()) { // it may have come before there was a rider
            pump.letDown(rider);
        }
        Rider.End end = rider.sleep(pump);
        riding = null;
        switch (end) {
            case CALLED, BEHIND -> {}
            case SLOW, BROKEN -> {
                long now = System.nanoTime();
                boolean often = now - begin < STALL_PAUSE << MAX_STALLS;
                stalls = often ? Math.min(stalls + 1, MAX_STALLS) : 0;
                rideAfter = now + (STALL_PAUSE << stalls);
            }
            case FAILED -> {
                if (rider.failure instanceof Error error) {
                    throw new IllegalStateException("The pump could not write.", error);
                }
                throw new UncheckedIOException(new IOException(rider.failure));
            }
        }
        return true;
    }

    /** Ends the sleep of the session's thread: there is something that only it does. Any thread. */
    void wake() {
        Rider rider = riding;
        if (rider != null) {
            pump.letDown(rider);
        } else {
            subscription.nudge();
        }
    }

    /** Whether the pump's write has been stuck for so many nanoseconds. Any thread. */
    boolean stuck(long nanos) {
        Rider rider = riding;
        return rider != null && pump.stuck(rider, nanos);
    }

    /** Ends the connection with a write of the pump that is stuck. Any thread. */
    void cut() {
        Rider rider = riding;
        if (rider != null) {
            rider.giveUp();
        }
    }

    /** Makes something be written now. Any thread. */
    void probe() {
        Rider rider = riding;
        if (rider != null) {
            pump.beat(rider);
        } else {
            subscription.nudge();
        }
    }
}
