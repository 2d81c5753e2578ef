package io.tailrace.server.source;

import io.tailrace.server.broker.Broker;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.eventlog.EventLog;

import java.time.Clock;
import java.util.List;

/** All sources of a gateway. Thread-safe. */
public final class Sources {

    private final List<SourceRunner> runners;

    /**
     * Not started yet.
     *
     * @param log keeps their positions
     * @param letters keeps what they left out
     */
    public Sources(
            List<? extends Source> sources,
            Broker broker,
            EventLog log,
            DeadLetters letters,
            Clock clock) {
        this(sources, broker, log, letters, Backoff.STANDARD, clock);
    }

    Sources(
            List<? extends Source> sources,
            Broker broker,
            EventLog log,
            DeadLetters letters,
            Backoff backoff,
            Clock clock) {
        this.runners =
                sources.stream()
                        .map(each -> new SourceRunner(each, broker, log, letters, backoff, clock))
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
