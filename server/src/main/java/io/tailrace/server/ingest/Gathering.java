package io.tailrace.server.ingest;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The events of one request, which are stored all at once. Those that may not be published are
 * counted and left out. Confined to the request's thread.
 */
public final class Gathering {

    private final Broker broker;
    private final Caller caller;
    private final PublishCheck check;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final Supplier<PublishTracer.Trace> tracer;
    private final List<Event.Published> events = new ArrayList<>();
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private long rejected;
    private @Nullable String reason;

    Gathering(
            Broker broker,
            Caller caller,
            PublishCheck check,
            IngestObserver observer,
            PublishLimit rate,
            Supplier<PublishTracer.Trace> tracer) {
        this.broker = broker;
        this.caller = caller;
        this.check = check;
        this.observer = observer;
        this.rate = rate;
        this.tracer = tracer;
    }

    /** Takes an event, or counts it as rejected. */
    public void add(Event.Published event) {
        if (admitted(event)) {
            events.add(check.signed(event));
        }
    }

    /** Takes the events of one record, all or none of them; they count as one. */
    public void add(List<Event.Published> together) {
        for (Event.Published event : together) {
            if (!admitted(event)) {
                return;
            }
        }
        together.forEach(event -> events.add(check.signed(event)));
    }

    private boolean admitted(Event.Published event) {
        String objection = check.objection(event);
        if (objection != null) {
            reject(Rejection.DENIED, objection);
            return false;
        }
        String excess = check.excess(event);
        if (excess != null) {
            reject(Rejection.LIMIT, excess);
            return false;
        }
        return true;
    }

    /** Counts a record that cannot become an event, with a sentence that says why. */
    public void reject(Rejection why, String sentence) {
        counts.merge(why, 1L, Long::sum);
        rejected++;
        reason = reason == null ? sentence : reason;
    }

    /** How many records were rejected so far. */
    public long rejected() {
        return rejected;
    }

    /** Whether there was nothing but what the caller may not publish. */
    public boolean forbidden() {
        return events.isEmpty()
                && rejected > 0
                && counts.getOrDefault(Rejection.DENIED, 0L) == rejected;
    }

    /** Why the first rejected record was; empty when none was. */
    public String reason() {
        return reason == null ? "" : reason;
    }

    /**
     * Stores what was gathered; when there is nothing, does nothing.
     *
     * @param bytes how large the request was
     * @return how many events became durable
     * @throws io.tailrace.server.broker.BrokerException when they were not stored: none of them
     */
    public int store(long bytes) {
        int stored = 0;
        try {
            if (!events.isEmpty()) {
                var _ = rate.take(caller, events.size(), bytes); // the next one waits
                long begin = System.nanoTime();
                try (var trace = tracer.get()) {
                    Cursor last = broker.publish(events);
                    trace.appended(last.position(), events.size(), begin);
                }
                stored = events.size();
            }
            return stored;
        } finally {
            observer.ingested(stored, Map.copyOf(counts));
        }
    }
}
