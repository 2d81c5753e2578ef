package io.tailrace.server.ingest;

import io.tailrace.server.access.Caller;

import java.time.Duration;

/** How fast one publisher may be. Thread-safe. */
public interface PublishLimit {

    /** None. */
    PublishLimit NONE =
            new PublishLimit() {
                @Override
                public void check(Caller caller) {}

                @Override
                public Duration take(Caller caller, int events, long bytes) {
                    return Duration.ZERO;
                }
            };

    /**
     * Before a request is read.
     *
     * @throws io.tailrace.server.http.HttpProblem 429 when earlier ones used up what was allowed
     */
    void check(Caller caller);

    /**
     * Counts events that are about to be stored.
     *
     * @return how long a body that goes on has to wait before more is read from it
     */
    Duration take(Caller caller, int events, long bytes);
}
