package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The exporters of OpenTelemetry's own SDK for Java. */
class OtlpClientsIT {

    private static final Resource RESOURCE =
            Resource.getDefault()
                    .merge(
                            Resource.create(
                                    Attributes.of(
                                            AttributeKey.stringKey("service.name"), "nightly",
                                            AttributeKey.stringKey("service.namespace"), "shop",
                                            AttributeKey.stringKey("tailrace.run"), "7")));

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void logsArrive(String compression) throws Exception {
        var exporter =
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(gateway.uri("/v1/logs").toString())
                        .setCompression(compression)
                        .build();
        try (var provider =
                SdkLoggerProvider.builder()
                        .setResource(RESOURCE)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
                        .build()) {
            var logger = provider.get("shop.Loader");
            for (int i = 0; i < 1_000; i++) {
                logger.logRecordBuilder()
                        .setSeverity(Severity.WARN)
                        .setBody("line " + i)
                        .setAttribute(AttributeKey.longKey("i"), (long) i)
                        .setException(new IOException("disk full"))
                        .emit();
            }
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        List<Event> events = gateway.events("logs:shop:nightly");
        assertThat(events).hasSize(1_000);
        Event.Log last = (Event.Log) events.getLast();
        assertThat(last.message()).isEqualTo("line 999");
        assertThat(last.level()).isEqualTo(Level.WARN);
        assertThat(last.logger()).isEqualTo("shop.Loader");
        assertThat(last.subject().run()).isEqualTo("7");
        assertThat(last.error())
                .startsWith("java.io.IOException: disk full\n\tat ")
                .contains(OtlpClientsIT.class.getName());
        assertThat(last.header().fields())
                .containsEntry("i", 999L)
                .containsEntry("exception.message", "disk full");
    }

    @Test
    void metricsArrive() throws Exception {
        var exporter =
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(gateway.uri("/v1/metrics").toString())
                        .build();
        try (var provider =
                SdkMeterProvider.builder()
                        .setResource(RESOURCE)
                        .registerMetricReader(PeriodicMetricReader.create(exporter))
                        .build()) {
            var meter = provider.get("shop");
            meter.counterBuilder("rows").setUnit("{row}").build().add(12);
            var wait = meter.histogramBuilder("wait").setUnit("ms").build();
            for (int i = 1; i <= 100; i++) {
                wait.record(i);
            }
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        Event.Metric rows = metric("rows");
        assertThat(rows.value()).isEqualTo(12);
        assertThat(rows.unit()).isEqualTo("{row}");
        Event.Metric wait = metric("wait");
        assertThat(wait.value()).isEqualTo(50.5);
        assertThat(wait.header().fields())
                .containsEntry("count", 100L)
                .containsEntry("max", 100.0)
                .containsEntry("p50", 50.0)
                .containsEntry("p99", 99.0);
    }

    private Event.Metric metric(String name) throws Exception {
        return gateway.events("metrics:shop").stream()
                .map(Event.Metric.class::cast)
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spansBecomeARun() throws Exception {
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(gateway.uri("/v1/traces").toString())
                        .setCompression("gzip")
                        .build();
        try (var provider =
                SdkTracerProvider.builder()
                        .setResource(RESOURCE)
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                        .build()) {
            var tracer = provider.get("shop");
            var run = tracer.spanBuilder("nightly").setAttribute("tailrace.run", "7").startSpan();
            for (String task : List.of("extract", "load")) {
                var span = tracer.spanBuilder(task).setParent(Context.root().with(run)).startSpan();
                if (task.equals("load")) {
                    span.recordException(new IllegalStateException("no"));
                    span.setStatus(StatusCode.ERROR);
                }
                span.end();
            }
            run.setStatus(StatusCode.ERROR, "load failed");
            run.end();
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        assertThat(gateway.get("/api/runs/shop/nightly/7").body())
                .contains("\"status\":\"failed\"", "\"name\":\"extract\"", "\"name\":\"load\"")
                .contains("java.lang.IllegalStateException: no");
    }
}
