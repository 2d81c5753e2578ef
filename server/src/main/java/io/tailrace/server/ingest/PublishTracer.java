package io.tailrace.server.ingest;

import org.jspecify.annotations.Nullable;

/** Is told the way of what is published, for those who trace it. Thread-safe. */
@FunctionalInterface
public interface PublishTracer {

    /** Traces nothing, at no cost. */
    PublishTracer NONE = _ -> Trace.NONE;

    /**
     * A request begins to be read.
     *
     * @param traceparent the W3C header that says whose part it is, when there is one
     */
    Trace begin(@Nullable String traceparent);

    /** One request; used by its threads. */
    interface Trace extends AutoCloseable {

        /** Of nothing. */
        Trace NONE =
                new Trace() {
                    @Override
                    public void appended(long last, int events, long beganNanos) {}

                    @Override
                    public void close() {}
                };

        /**
         * Events became durable.
         *
         * @param last the position of the last of them
         * @param beganNanos when they were handed over, by {@link System#nanoTime}
         */
        void appended(long last, int events, long beganNanos);

        /** The request has ended. */
        @Override
        void close();
    }
}
