package io.tailrace.server.ingest;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The events of one request, which are stored all at once, or each once. Those that may not be
 * published are counted and left out. Confined to the request's thread.
 */
public final class Gathering {

    private final Broker broker;
    private final Caller caller;
    private final PublishCheck check;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final Supplier<PublishTracer.Trace> tracer;
    private final UnaryOperator<Event.Published> change;
    private final List<Event.Published> events = new ArrayList<>();
    private final List<Keyed> keyed = new ArrayList<>();
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private long rejected;
    private @Nullable String reason;

    private record Keyed(Event.Published event, String key) {}

    Gathering(
            Broker broker,
            Caller caller,
            PublishCheck check,
            IngestObserver observer,
            PublishLimit rate,
            Supplier<PublishTracer.Trace> tracer,
            UnaryOperator<Event.Published> change) {
        this.broker = broker;
        this.caller = caller;
        this.check = check;
        this.observer = observer;
        this.rate = rate;
        this.tracer = tracer;
        this.change = change;
    }

    /** Takes an event, or counts it as rejected. */
    public void add(Event.Published event) {
        if (refusal(event) == null) {
            events.add(change.apply(check.signed(event)));
        }
    }

    /** Takes the events of one record, all or none of them; they count as one. */
    public void add(List<Event.Published> together) {
        for (Event.Published event : together) {
            if (refusal(event) != null) {
                return;
            }
        }
        together.forEach(event -> events.add(change.apply(check.signed(event))));
    }

    /**
     * Takes an event that is stored only once, however often it is sent.
     *
     * @param key what tells it from all others of the same caller
     * @return why it is rejected; null when it is taken
     */
    public @Nullable String add(Event.Published event, String key) {
        String refusal = refusal(event);
        if (refusal == null) {
            keyed.add(new Keyed(change.apply(check.signed(event)), caller.name() + '\n' + key));
        }
        return refusal;
    }

    private @Nullable String refusal(Event.Published event) {
        String objection = check.objection(event);
        if (objection != null) {
            reject(Rejection.DENIED, objection);
            return objection;
        }
        String excess = check.excess(event);
        if (excess != null) {
            reject(Rejection.LIMIT, excess);
        }
        return excess;
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
                && keyed.isEmpty()
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
     * @return how many events are durable now
     * @throws io.tailrace.server.broker.BrokerException when they were not stored: none of them, of
     *     those with a key perhaps some, which does no harm when they come again
     */
    public int store(long bytes) {
        int all = events.size() + keyed.size();
        int stored = 0;
        try {
            if (all > 0) {
                var _ = rate.take(caller, all, bytes); // the next one waits
                try (var trace = tracer.get()) {
                    publish(trace);
                }
                stored = all;
            }
            return stored;
        } finally {
            observer.ingested(stored, Map.copyOf(counts));
        }
    }

    private void publish(PublishTracer.Trace trace) {
        long begin = System.nanoTime();
        if (!events.isEmpty()) {
            Cursor last = broker.publish(events);
            trace.appended(last.position(), events.size(), begin);
        }
        for (Keyed each : keyed) {
            byte[] _ =
                    broker.publishOnce(
                            List.of(each.event()),
                            each.key(),
                            cursor -> cursor.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
