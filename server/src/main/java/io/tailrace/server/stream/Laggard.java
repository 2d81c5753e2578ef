package io.tailrace.server.stream;

import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;
import io.tailrace.server.broker.Subscription;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices when a reader that kept up falls behind, and then reads more at once, so that there is
 * something to conflate. Entries that were stored before the stream began are never conflated: they
 * were asked for. Confined to the reading thread.
 */
final class Laggard {

    private static final long FAR = 5_000;

    private final Subscription subscription;
    private final long beginning;
    private boolean keptUp;
    private @Nullable Batch held;

    Laggard(Subscription subscription, long beginning) {
        this.subscription = subscription;
        this.beginning = beginning;
    }

    /** Whether something was read already: it is sent before anything changes. */
    boolean holds() {
        return held != null;
    }

    /** Whether what comes next is to be conflated. */
    boolean lags() {
        if (held != null) {
            return true;
        }
        return !near() && keptUp;
    }

    /** Whether it keeps up, or has yet to get there. */
    boolean near() {
        if (held != null) {
            return false;
        }
        if (subscription.position() < beginning) {
            return true;
        }
        long lag = subscription.lag();
        boolean near = lag == 0 || (lag <= FAR && subscription.inMemory());
        keptUp |= near;
        return near;
    }

    /** A part of what waits, as long as nothing is missing in it but before its entries. */
    Batch read(long upTo, int most) throws InterruptedException {
        Batch first = held == null ? subscription.next(most, upTo, Duration.ZERO) : held;
        held = null;
        List<Frame> frames = new ArrayList<>(first.frames());
        long position = first.position();
        int bytes = first.bytes();
        while (bytes < most) {
            Batch next = subscription.next(most - bytes, upTo, Duration.ZERO);
            if (next.isEmpty()) {
                break;
            }
            if (!next.missing().isEmpty()) {
                held = next;
                break;
            }
            frames.addAll(next.frames());
            position = next.position();
            bytes += next.bytes();
        }
        return new Batch(frames, first.missing(), position, bytes);
    }
}
