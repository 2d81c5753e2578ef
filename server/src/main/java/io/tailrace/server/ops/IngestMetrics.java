package io.tailrace.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.ingest.Rejection;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What publishers bring, as metrics. Thread-safe. */
public final class IngestMetrics implements IngestObserver {

    private final MeterRegistry registry;
    private final Map<String, Counter> masked = new ConcurrentHashMap<>();
    private final Counter published;
    private final Map<Rejection, Counter> rejected = new EnumMap<>(Rejection.class);

    /** Registers them. */
    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        published =
                Counter.builder("tailrace.events.published")
                        .description("Events that were taken and stored")
                        .register(registry);
        for (Rejection why : Rejection.values()) {
            rejected.put(
                    why,
                    Counter.builder("tailrace.events.rejected")
                            .description("Lines and events that were not taken")
                            .tag("reason", why.word())
                            .register(registry));
        }
    }

    /** A redaction rule masked something in an event. */
    public void redacted(String rule) {
        masked.computeIfAbsent(rule, this::counter).increment();
    }

    private Counter counter(String rule) {
        return Counter.builder("tailrace.events.redacted")
                .description("Events in which secrets were masked")
                .tag("rule", rule)
                .register(registry);
    }

    @Override
    public void ingested(long accepted, Map<Rejection, Long> rejections) {
        published.increment((double) accepted);
        rejections.forEach((why, count) -> {
            Counter counter = rejected.get(why);
            if (counter != null) {
                counter.increment((double) count);
            }
        });
    }
}
