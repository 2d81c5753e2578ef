package io.tailrace.server.source;

import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.EventLog;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** All sources of a gateway. Thread-safe. */
public final class Sources {

    private final List<SourceRunner> runners;

    /**
     * Not started yet.
     *
     * @param log keeps their positions
     * @param redact masks secrets in every event
     */
    public Sources(
            List<? extends Source> sources,
            Broker broker,
            EventLog log,
            UnaryOperator<Event.Published> redact,
            Clock clock) {
        this(sources, broker, log, redact, Backoff.STANDARD, clock);
    }

    Sources(
            List<? extends Source> sources,
            Broker broker,
            EventLog log,
            UnaryOperator<Event.Published> redact,
            Backoff backoff,
            Clock clock) {
        this.runners =
                sources.stream()
                        .map(each -> new SourceRunner(each, broker, log, redact, backoff, clock))
                        .toList();
    }

    /** Begins to fetch. */
    public void start() {
        runners.forEach(SourceRunner::start);
    }

    /** How each of them is. */
    public List<SourceStatus> statuses() {
        return runners.stream().map(SourceRunner::status).toList();
    }

    /** Stops all; waits for what is being stored. */
    public void stop() throws InterruptedException {
        for (SourceRunner runner : runners) {
            runner.stop();
        }
    }
}
