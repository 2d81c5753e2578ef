package io.tailrace.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.ingest.Rejection;

import java.util.EnumMap;
import java.util.Map;

/** What publishers bring, as metrics. Thread-safe. */
public final class IngestMetrics implements IngestObserver {

    private final Counter published;
    private final Map<Rejection, Counter> rejected = new EnumMap<>(Rejection.class);

    /** Registers them. */
    public IngestMetrics(MeterRegistry registry) {
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
