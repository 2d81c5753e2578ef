package io.tailrace.server.ops;

import io.tailrace.server.broker.Broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether the gateway can do its work, and why not. Thread-safe.
 *
 * <p>A refused write makes it not ready until a write succeeds again, which is tried at once when
 * somebody asks, but not many times a second.
 */
public final class Health {

    private static final System.Logger LOGGER = System.getLogger(Health.class.getName());

    private final Broker broker;
    private final SelfCheck selfCheck;
    private final Supplier<Optional<String>> damage;
    private final LongSupplier freeBytes;
    private final long neededBytes;
    // True until something is wrong: a gateway that starts well says nothing.
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private volatile boolean draining;

    /**
     * Watches.
     *
     * @param damage why some of what is stored cannot be read any more
     * @param freeBytes the free space where the log is
     * @param neededBytes with less than that it is not ready
     */
    public Health(
            Broker broker,
            SelfCheck selfCheck,
            Supplier<Optional<String>> damage,
            LongSupplier freeBytes,
            long neededBytes) {
        this.broker = broker;
        this.selfCheck = selfCheck;
        this.damage = damage;
        this.freeBytes = freeBytes;
        this.neededBytes = neededBytes;
    }

    /** Why no work should be sent here, in sentences; empty when it should. */
    public List<String> notReady() {
        boolean wrong = broker.failure().isPresent() || selfCheck.failure().isPresent();
        if (wrong && !draining && broker.alive()) {
            selfCheck.refresh();
        }
        return look();
    }

    /**
     * What is known without trying anything; logged whenever it turns from red to green or back.
     */
    public List<String> look() {
        List<String> reasons = reasons();
        if (ready.getAndSet(reasons.isEmpty()) != reasons.isEmpty()) {
            LOGGER.log(
                    reasons.isEmpty() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    reasons.isEmpty()
                            ? "The gateway is ready again."
                            : "The gateway is not ready: " + String.join(" ", reasons));
        }
        return reasons;
    }

    private List<String> reasons() {
        if (draining) {
            return List.of("The gateway is stopping.");
        }
        if (!broker.alive()) {
            return List.of("The thread that stores events has ended: restart the gateway.");
        }
        List<String> reasons = new ArrayList<>();
        damage.get().ifPresent(reasons::add); // does not go away by itself
        long free = freeBytes.getAsLong();
        if (free < neededBytes) {
            reasons.add(
                    "Only %,d MiB of disk are free; %,d MiB are needed."
                            .formatted(free >> 20, neededBytes >> 20));
        }
        Optional<String> refused = broker.failure();
        refused.ifPresent(reason -> reasons.add("Events cannot be stored: " + reason));
        if (refused.isEmpty()) {
            selfCheck
                    .failure()
                    .ifPresent(f ->
                            reasons.add(
                                    "The self-check fails since %s: %s"
                                            .formatted(f.since(), f.what())));
        }
        return reasons;
    }

    /** From now on the gateway is not ready. */
    public void drain() {
        draining = true;
        look();
    }
}
