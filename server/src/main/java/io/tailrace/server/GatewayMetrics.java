package io.tailrace.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.server.ops.BrokerMetrics;
import io.tailrace.server.ops.ConnectionMetrics;
import io.tailrace.server.ops.IngestMetrics;
import io.tailrace.server.ops.StreamMetrics;
import io.tailrace.server.source.SourceStatus;
import io.tailrace.server.source.Sources;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** All Prometheus metrics, by area. Thread-safe. */
final class GatewayMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // The registry itself holds counts weakly.
    private final List<Supplier<Number>> kept = new ArrayList<>();
    private final JvmGcMetrics gc = new JvmGcMetrics();

    final IngestMetrics ingest = new IngestMetrics(registry);
    final BrokerMetrics broker = new BrokerMetrics(registry);
    final StreamMetrics streams;
    final ConnectionMetrics connections = new ConnectionMetrics(registry);

    /**
     * Registers what does not depend on the gateway's parts.
     *
     * @param reached told up to where some reader was sent everything
     */
    GatewayMetrics(LongConsumer reached) {
        streams = new StreamMetrics(registry, reached);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /**
     * A value that is looked up whenever somebody asks.
     *
     * @param tags names and values in turn; few different ones
     */
    void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value)
                .description(description)
                .tags(Tags.of(tags))
                .strongReference(true)
                .register(registry);
    }

    /** A count that somebody else keeps; it only grows. */
    void counter(String name, String description, Supplier<Number> count, String... tags) {
        FunctionCounter.builder(name, count, c -> c.get().doubleValue())
                .description(description)
                .tags(Tags.of(tags))
                .register(registry);
        kept.add(count);
    }

    /** What each source did. */
    void watch(Sources sources) {
        for (SourceStatus source : sources.statuses()) {
            String[] tags = {"source", source.name(), "type", source.type()};
            Supplier<SourceStatus> now =
                    () ->
                            sources.statuses().stream()
                                    .filter(s -> s.name().equals(source.name()))
                                    .findFirst()
                                    .orElse(source);
            counter(
                    "tailrace.source.events",
                    "Events that a source had stored",
                    () -> now.get().events(),
                    tags);
            counter(
                    "tailrace.source.rejected",
                    "Things of a source that were left out",
                    () -> now.get().rejected(),
                    tags);
            gauge(
                    "tailrace.source.failures",
                    "How often in a row a source failed; 0 while it works",
                    () -> now.get().failures(),
                    tags);
        }
    }

    /** All metrics in the Prometheus text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
