package io.tailrace.server.ingest;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Encoded;
import io.tailrace.server.deadletter.LetterBox;
import io.tailrace.wire.EventWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The events of one request, which are stored all at once, or each once. Those that may not be
 * published are counted and left out. Confined to the request's thread.
 */
public final class Gathering {

    private static final String OURS = "/api/events";
    private static final String JSON = "application/json";

    private final Broker broker;
    private final Caller caller;
    private final PublishCheck check;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final Supplier<PublishTracer.Trace> tracer;
    private final Intake.Change change;
    private final EventWriter json = new EventWriter();
    private final List<Encoded> events = new ArrayList<>();
    private final List<Keyed> keyed = new ArrayList<>();
    private final LetterBox letters;
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private long rejected;
    private @Nullable String reason;

    private record Keyed(Encoded event, String key) {}

    Gathering(
            Broker broker,
            Caller caller,
            PublishCheck check,
            IngestObserver observer,
            PublishLimit rate,
            Supplier<PublishTracer.Trace> tracer,
            Intake.Change change,
            LetterBox letters) {
        this.letters = letters;
        this.broker = broker;
        this.caller = caller;
        this.check = check;
        this.observer = observer;
        this.rate = rate;
        this.tracer = tracer;
        this.change = change;
    }

    /**
     * Why something is not taken.
     *
     * @param sentence for people
     */
    public record Refusal(Rejection why, String sentence) {}

    /** Takes an event, or counts it as rejected; there is to be a letter of that. */
    public void add(Event.Published event) {
        Refusal refusal = refusal(event);
        if (refusal == null) {
            events.add(encoded(event));
        } else {
            keep(refusal, event);
        }
    }

    /** Takes the events of one record, all or none of them; they count as one. */
    public void add(List<Event.Published> together) {
        for (Event.Published event : together) {
            Refusal refusal = refusal(event);
            if (refusal != null) {
                together.forEach(each -> keep(refusal, each));
                return;
            }
        }
        together.forEach(event -> events.add(encoded(event)));
    }

    /**
     * Takes an event that is stored only once, however often it is sent.
     *
     * @param key what tells it from all others of the same caller
     * @return why it is rejected, without a letter of it; null when it is taken
     */
    public @Nullable Refusal add(Event.Published event, String key) {
        Refusal refusal = refusal(event);
        if (refusal == null) {
            keyed.add(new Keyed(encoded(event), caller.name() + '\n' + key));
        }
        return refusal;
    }

    /**
     * The event as it is to be stored; mostly nothing has to be changed, and it is written once.
     */
    private Encoded encoded(Event.Published event) {
        Event.Published signed = check.signed(event);
        byte[] bytes = json.write(signed);
        Event.Published changed = change.apply(signed, bytes);
        return new Encoded(changed, changed.equals(signed) ? bytes : json.write(changed));
    }

    private @Nullable Refusal refusal(Event.Published event) {
        String objection = check.objection(event);
        if (objection != null) {
            reject(Rejection.DENIED, objection);
            return new Refusal(Rejection.DENIED, objection);
        }
        String excess = check.excess(event);
        if (excess != null) {
            reject(Rejection.LIMIT, excess);
            return new Refusal(Rejection.LIMIT, excess);
        }
        return null;
    }

    /** Sent again it is an event of ours: its neighbours in the request were taken. */
    private void keep(Refusal refusal, Event.Published event) {
        if (refusal.why() != Rejection.DENIED && letters.open()) {
            letters.keepAs(OURS, JSON, refusal.sentence(), encoded(event).json());
        }
    }

    /** Counts a record that cannot become an event, and keeps what it would have been. */
    public void reject(Rejection why, String sentence, Supplier<byte[]> event) {
        reject(why, sentence);
        if (letters.open()) {
            letters.keepAs(OURS, JSON, sentence, event.get());
        }
    }

    /** Where what could not be taken is kept. */
    public LetterBox letters() {
        return letters;
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
            Cursor last = broker.publishEncoded(events, Map.of());
            trace.appended(last.position(), events.size(), begin);
        }
        List<Supplier<byte[]>> answers = new ArrayList<>(); // all of them wait for one write
        for (Keyed each : keyed) {
            answers.add(
                    broker.handOver(
                            each.event(),
                            each.key(),
                            cursor -> cursor.toString().getBytes(StandardCharsets.UTF_8)));
        }
        for (Supplier<byte[]> answer : answers) {
            byte[] _ = answer.get();
        }
    }
}
