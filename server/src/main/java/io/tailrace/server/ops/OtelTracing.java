package io.tailrace.server.ops;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tailrace.server.ingest.PublishTracer;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Traces of publish, append, and the first write to a reader, sent by OTLP over HTTP from a thread
 * of the library. Loaded only when an endpoint is set. Thread-safe.
 */
public final class OtelTracing implements PublishTracer, LongConsumer, AutoCloseable {

    private static final int WAITING = 256;
    // Of one request: a live pipe may append for days.
    private static final int APPENDS = 100;
    private static final AttributeKey<Long> EVENTS = AttributeKey.longKey("tailrace.events");
    private static final AttributeKey<Long> POSITION = AttributeKey.longKey("tailrace.position");
    private static final TextMapGetter<String> HEADER =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(String carrier) {
                    return List.of("traceparent");
                }

                @Override
                public @Nullable String get(@Nullable String carrier, String key) {
                    return key.equals("traceparent") ? carrier : null;
                }
            };

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Clock clock;
    // Appended by their last position, and not yet written to anybody.
    private final ConcurrentNavigableMap<Long, Appended> waiting = new ConcurrentSkipListMap<>();

    // The newest that somebody was sent.
    private volatile Reached reached = new Reached(-1, Instant.EPOCH);

    private record Appended(Context context, Instant at) {}

    private record Reached(long position, Instant at) {}

    /**
     * Sends to that endpoint.
     *
     * @param endpoint of the collector; {@code /v1/traces} is added when it has no path
     * @param percent of requests that are traced when their publisher does not say
     */
    public OtelTracing(URI endpoint, int percent, Clock clock) {
        String path = endpoint.getPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        String url = bare ? endpoint.resolve("/v1/traces").toString() : endpoint.toString();
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(url).build();
        this.provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"),
                                                "tailrace-gateway")))
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(percent / 100.0)))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(exporter)
                                        .setScheduleDelay(Duration.ofSeconds(1))
                                        .build())
                        .build();
        this.tracer = provider.get("io.tailrace.server");
        this.clock = clock;
    }

    @Override
    public Trace begin(@Nullable String traceparent) {
        Context parent =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), String.valueOf(traceparent), HEADER);
        Span span =
                tracer.spanBuilder("publish")
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan();
        return span.isRecording() ? new Request(span, parent.with(span)) : Trace.NONE;
    }

    /** Somebody was sent everything up to that position. */
    @Override
    public void accept(long position) {
        Instant now = clock.instant();
        reached = new Reached(position, now);
        writeUpTo(position, now);
    }

    /** A reader may well be quicker than the publisher's thread: then its time is known already. */
    private void writeUpTo(long position, Instant at) {
        while (!waiting.isEmpty()) {
            var first = waiting.firstEntry();
            if (first == null || first.getKey() > position) {
                return;
            }
            Appended appended = first.getValue();
            if (waiting.remove(first.getKey(), appended)) {
                tracer.spanBuilder("write")
                        .setParent(appended.context())
                        .setStartTimestamp(at.isBefore(appended.at()) ? at : appended.at())
                        .setAttribute(POSITION, first.getKey())
                        .startSpan()
                        .end(at);
            }
        }
    }

    /** Sends what is left, for a few seconds at most. */
    @Override
    public void close() {
        var _ = provider.shutdown().join(3, TimeUnit.SECONDS);
    }

    private final class Request implements Trace {

        private final Span span;
        private final Context context;
        private final AtomicInteger appends = new AtomicInteger();

        Request(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        @Override
        public void appended(long last, int events, long beganNanos) {
            if (appends.incrementAndGet() > APPENDS) {
                return;
            }
            Instant end = clock.instant();
            tracer.spanBuilder("append")
                    .setParent(context)
                    .setStartTimestamp(end.minusNanos(System.nanoTime() - beganNanos))
                    .setAttribute(EVENTS, (long) events)
                    .setAttribute(POSITION, last)
                    .startSpan()
                    .end(end);
            waiting.put(last, new Appended(context, end));
            if (waiting.size() > WAITING) {
                waiting.pollFirstEntry();
            }
            Reached known = reached;
            writeUpTo(known.position(), known.at());
        }

        @Override
        public void close() {
            span.end();
        }
    }
}
