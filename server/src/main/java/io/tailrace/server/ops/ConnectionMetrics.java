package io.tailrace.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.server.listener.ConnectionObserver;

/** What the listener sees, and which limits were hit, as metrics. Thread-safe. */
public final class ConnectionMetrics implements ConnectionObserver, AccessLog.Observer {

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter sent;

    /** Registers them. */
    public ConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        received =
                Counter.builder("tailrace.received.bytes")
                        .description("Bytes that came in over all connections")
                        .register(registry);
        sent =
                Counter.builder("tailrace.answered.bytes")
                        .description("Bytes of answers that are no streams")
                        .register(registry);
    }

    @Override
    public void received(int bytes) {
        received.increment(bytes);
    }

    @Override
    public void refused() {
        limitHit("connections");
    }

    @Override
    public void timedOut(String phase) {
        limitHit(phase + "_timeout");
    }

    /**
     * A limit kept somebody from something.
     *
     * @param limit its name: one of a few words
     */
    public void limitHit(String limit) {
        Counter.builder("tailrace.limit.hits")
                .description("Times that a limit was hit")
                .tag("limit", limit)
                .register(registry)
                .increment();
    }

    @Override
    public void answered(int status, long bytes) {
        sent.increment((double) bytes);
        Counter.builder("tailrace.http.requests")
                .description("Requests that ended, streams too")
                .tag("status", status / 100 + "xx")
                .register(registry)
                .increment();
        if (status == 401 || status == 403) {
            Counter.builder("tailrace.auth.failures")
                    .description("Requests of callers that are unknown, or may not do that")
                    .tag("reason", status == 401 ? "unknown" : "forbidden")
                    .register(registry)
                    .increment();
        }
    }
}
