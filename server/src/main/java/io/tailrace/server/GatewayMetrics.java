package io.tailrace.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.stream.SessionObserver;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the parts tell, as Prometheus metrics. Thread-safe. */
final class GatewayMetrics
        implements BrokerObserver, SessionObserver, IngestObserver, AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter published = registry.counter("tailrace.events.published");
    private final Counter rejected = registry.counter("tailrace.events.rejected");
    private final Counter refused = registry.counter("tailrace.events.refused");
    private final Counter appended = registry.counter("tailrace.appended.bytes");
    private final Timer append =
            Timer.builder("tailrace.append")
                    .description("How long an append takes to be durable")
                    .serviceLevelObjectives(millis(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000))
                    .register(registry);
    private final DistributionSummary group =
            DistributionSummary.builder("tailrace.append.entries")
                    .description("How many entries go into one append")
                    .register(registry);
    private final Timer flush =
            Timer.builder("tailrace.publish.to.flush")
                    .description("From the arrival of an event to its flush to a reader")
                    .serviceLevelObjectives(millis(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000))
                    .register(registry);
    private final Counter live = delivered("live");
    private final Counter replay = delivered("replay");
    private final Counter sent = registry.counter("tailrace.delivered.bytes");
    private final Counter opened = registry.counter("tailrace.sessions.opened");
    private final Counter conflated = registry.counter("tailrace.conflated");
    private final Counter gaps = registry.counter("tailrace.gaps");
    private final JvmGcMetrics gc = new JvmGcMetrics();

    GatewayMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    private Counter delivered(String path) {
        return registry.counter("tailrace.events.delivered", "path", path);
    }

    private static Duration[] millis(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** A value that is looked up whenever somebody asks. */
    <T> void gauge(String name, T object, ToDoubleFunction<T> value) {
        Gauge.builder(name, object, value).strongReference(true).register(registry);
    }

    /** All metrics in the Prometheus text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void appended(int entries, long bytes, long nanos) {
        appended.increment((double) bytes);
        append.record(nanos, TimeUnit.NANOSECONDS);
        group.record(entries);
    }

    @Override
    public void appendFailed(int entries) {
        refused.increment(entries);
    }

    @Override
    public void ingested(long accepted, long rejections) {
        published.increment((double) accepted);
        rejected.increment((double) rejections);
    }

    @Override
    public void opened() {
        opened.increment();
    }

    @Override
    public void closed(String reason) {
        registry.counter("tailrace.sessions.closed", "reason", reason).increment();
    }

    @Override
    public void delivered(int entries, int bytes, boolean replayed) {
        (replayed ? replay : live).increment(entries);
        sent.increment(bytes);
    }

    @Override
    public void flushed(long millisSinceReceived) {
        flush.record(Math.max(0, millisSinceReceived), TimeUnit.MILLISECONDS);
    }

    @Override
    public void conflated(long entries) {
        conflated.increment((double) entries);
    }

    @Override
    public void gap() {
        gaps.increment();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
