package io.tailrace.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tailrace.server.listener.Connections;
import io.tailrace.server.stream.SessionObserver;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** What readers get, as metrics. Thread-safe. */
public final class StreamMetrics implements SessionObserver {

    private final MeterRegistry registry;
    private final LongConsumer reached;
    private final Timer flush;
    private final Counter live;
    private final Counter replay;
    private final Counter bytes;
    private final Counter opened;
    private final Counter gaps;
    private final Counter conflated;
    private final Counter pumpFailures;

    /**
     * Registers them.
     *
     * @param reached told up to where somebody was sent everything
     */
    public StreamMetrics(MeterRegistry registry, LongConsumer reached) {
        this.registry = registry;
        this.reached = reached;
        flush =
                Timer.builder("tailrace.publish.to.flush")
                        .description("From the arrival of an event to its flush to a reader")
                        .serviceLevelObjectives(Buckets.millis())
                        .register(registry);
        live = delivered("live");
        replay = delivered("replay");
        bytes = counter("tailrace.delivered.bytes", "Bytes of frames that sockets took");
        opened = counter("tailrace.sessions.opened", "Streams that began");
        conflated = counter("tailrace.conflated", "Entries left out because readers lagged");
        pumpFailures =
                counter(
                        "tailrace.pump.failures",
                        "Times that a thread that writes for many failed");
        gaps = counter("tailrace.gaps", "Times that a reader was told that entries are missing");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter delivered(String path) {
        return Counter.builder("tailrace.events.delivered")
                .description("Entries that were written to readers")
                .tag("path", path)
                .register(registry);
    }

    @Override
    public void opened() {
        opened.increment();
    }

    @Override
    public void closed(String reason) {
        Connections.reason(reason);
        Counter.builder("tailrace.sessions.closed")
                .description("Streams that ended")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void delivered(int entries, int size, boolean replayed) {
        (replayed ? replay : live).increment(entries);
        bytes.increment(size);
    }

    @Override
    public void flushed(long millisSinceReceived) {
        flush.record(Math.max(0, millisSinceReceived), TimeUnit.MILLISECONDS);
    }

    @Override
    public void reached(long position) {
        reached.accept(position);
    }

    @Override
    public void gap() {
        gaps.increment();
    }

    @Override
    public void conflated(long entries) {
        conflated.increment((double) entries);
    }

    @Override
    public void replayed(long entries, Outcome outcome) {
        DistributionSummary.builder("tailrace.replay.entries")
                .description("Entries that a stream was sent before it was live")
                .tag("outcome", outcome.word())
                .serviceLevelObjectives(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
                .register(registry)
                .record((double) entries);
    }

    @Override
    public void pumpFailed() {
        pumpFailures.increment();
    }
}
