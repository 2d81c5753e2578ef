package io.tailrace.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tailrace.server.broker.BrokerObserver;

import java.util.concurrent.TimeUnit;

/** What the broker does, as metrics. Thread-safe. */
public final class BrokerMetrics implements BrokerObserver {

    private final Counter refused;
    private final Counter bytes;
    private final Timer append;
    private final DistributionSummary group;

    /** Registers them. */
    public BrokerMetrics(MeterRegistry registry) {
        refused =
                Counter.builder("tailrace.events.refused")
                        .description("Events that the log refused to store")
                        .register(registry);
        bytes =
                Counter.builder("tailrace.appended.bytes")
                        .description("Bytes of JSON that were stored")
                        .register(registry);
        append =
                Timer.builder("tailrace.append")
                        .description("How long an append takes to be durable, fsync included")
                        .serviceLevelObjectives(Buckets.millis())
                        .register(registry);
        group =
                DistributionSummary.builder("tailrace.append.entries")
                        .description("How many entries go into one append")
                        .register(registry);
    }

    @Override
    public void appended(int entries, long size, long nanos) {
        bytes.increment((double) size);
        append.record(nanos, TimeUnit.NANOSECONDS);
        group.record(entries);
    }

    @Override
    public void appendFailed(int entries) {
        refused.increment(entries);
    }
}
