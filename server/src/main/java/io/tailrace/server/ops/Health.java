package io.tailrace.server.ops;

import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.EventLog;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether the gateway can do its work. Thread-safe.
 *
 * <p>A refused write makes it not ready until a small write succeeds again, which is tried whenever
 * somebody asks.
 */
public final class Health {

    private final Broker broker;
    private final EventLog log;
    private final LongSupplier freeBytes;
    private final long neededBytes;
    private volatile boolean draining;

    /**
     * Watches.
     *
     * @param freeBytes the free space where the log is
     * @param neededBytes with less than that it is not ready
     */
    public Health(Broker broker, EventLog log, LongSupplier freeBytes, long neededBytes) {
        this.broker = broker;
        this.log = log;
        this.freeBytes = freeBytes;
        this.neededBytes = neededBytes;
    }

    /** Why no work should be sent here; empty when it should. */
    public Optional<String> notReady() {
        return Optional.ofNullable(reason());
    }

    private @Nullable String reason() {
        if (draining) {
            return "The gateway is stopping.";
        }
        if (!broker.alive()) {
            return "The thread that stores events has ended: restart the gateway.";
        }
        long free = freeBytes.getAsLong();
        if (free < neededBytes) {
            return "Only %,d MiB of disk are free; %,d MiB are needed."
                    .formatted(free >> 20, neededBytes >> 20);
        }
        return broker.failure().isPresent() ? probe() : null;
    }

    private @Nullable String probe() {
        try {
            log.putNote("readiness", "written".getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (RuntimeException e) {
            return "Events cannot be stored: " + e.getMessage();
        }
    }

    /** From now on the gateway is not ready. */
    public void drain() {
        draining = true;
    }
}
