package io.tailrace.server;

import io.tailrace.server.ingest.PublishTracer;
import io.tailrace.server.ops.OtelTracing;
import io.tailrace.server.settings.OpsSettings;

import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * Where traces go: nowhere, without a class of the library being loaded, unless an endpoint is set.
 *
 * @param publishing told of requests
 * @param reached told up to where some reader was sent everything
 * @param end sends what is left
 */
record Tracing(PublishTracer publishing, LongConsumer reached, Runnable end) {

    static Tracing of(OpsSettings ops, Clock clock) {
        return ops.otlpEndpoint()
                .map(endpoint -> {
                    var traces = new OtelTracing(endpoint, ops.otlpSampling(), clock);
                    return new Tracing(traces, traces, traces::close);
                })
                .orElseGet(() -> new Tracing(PublishTracer.NONE, _ -> {}, () -> {}));
    }

    void close() {
        end.run();
    }
}
