package io.tailrace.server.openlineage;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.ingest.PublishCheck;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.server.redaction.RedactedLines;
import io.tailrace.server.redaction.Redactor;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Stores the events of one request, each once. They are handed over one after the other, so that
 * many are made durable together; alerts follow when the entries that they are about have a place.
 * Confined to the request's thread.
 */
final class LineageIntake {

    private static final int AHEAD = 500;
    private static final long AHEAD_BYTES = 4 << 20; // of what was sent: bounds the memory

    private final String teller;
    private final PublishCheck check;
    private final Shared shared;
    private final LineageOutcome outcome;
    private final BiConsumer<String, byte[]> refused;
    private final RedactedLines redacted;
    private final List<Waiting> waiting = new ArrayList<>();
    private long ahead;
    private long stored;

    /** What all requests use. */
    record Shared(
            Broker broker, Translator translator, Family family, Redactor redactor, Clock clock) {

        /** What an event means that somebody told of. */
        Translated translated(String teller, LineageEvent event, Instant now) {
            String run = event.run();
            return run == null
                    ? translator.metadata(event, now)
                    : translator.run(event, family.place(teller, event, run), now);
        }
    }

    private record Waiting(
            int count, Supplier<byte[]> answer, String key, Translated.@Nullable Warning warning) {}

    /**
     * Stores in the name of somebody.
     *
     * @param teller who sends the events
     * @param refused takes what cannot be stored, with the reason
     */
    LineageIntake(
            String teller,
            PublishCheck check,
            Shared shared,
            LineageOutcome outcome,
            BiConsumer<String, byte[]> refused) {
        this.teller = teller;
        this.check = check;
        this.shared = shared;
        this.outcome = outcome;
        this.refused = refused;
        this.redacted = new RedactedLines(shared.redactor);
    }

    /** How many of our events are durable. */
    long stored() {
        return stored;
    }

    /**
     * Takes one event.
     *
     * @throws io.tailrace.server.broker.BrokerException when it cannot be stored now
     */
    void take(long index, Document document) {
        try {
            store(index, document);
        } catch (LineageException e) {
            refuse(index, Rejection.MALFORMED, String.valueOf(e.getMessage()), document);
        }
    }

    private void refuse(long index, Rejection why, String reason, Document document) {
        outcome.fail(index, why, reason);
        refused.accept(reason, document.json());
    }

    private void store(long index, Document document) {
        LineageEvent event = LineageEvent.of(document);
        Translated translated = shared.translated(teller, event, shared.clock.instant());
        List<Event.Published> events = new ArrayList<>(translated.events().size());
        for (Event.Published each : translated.events()) {
            String objection = check.objection(each);
            String excess = objection == null ? check.excess(each) : null;
            if (objection != null) {
                outcome.fail(index, Rejection.DENIED, objection);
                return;
            }
            if (excess != null) {
                refuse(index, Rejection.LIMIT, excess, document);
                return;
            }
            events.add(redacted.without(each));
        }
        String key = "openlineage\n" + teller + "\n" + Fingerprint.of(document);
        waiting.add(
                new Waiting(
                        events.size(),
                        shared.broker.handOver(events, key, LineageIntake::answer),
                        key,
                        translated.warning()));
        ahead += document.bytes();
        if (waiting.size() >= AHEAD || ahead >= AHEAD_BYTES) {
            flush();
        }
    }

    /** Waits until everything is durable. */
    void flush() {
        List<Supplier<byte[]>> alerts = new ArrayList<>();
        for (Waiting each : waiting) {
            byte[] answer = each.answer.get();
            stored += each.count;
            if (each.warning != null) {
                Cursor about = Cursor.parse(new String(answer, StandardCharsets.UTF_8));
                Event.Published alert = shared.redactor.redact(each.warning.about(about));
                alerts.add(
                        shared.broker.handOver(
                                List.of(alert), each.key + "\nalert", LineageIntake::answer));
            }
        }
        waiting.clear();
        ahead = 0;
        for (Supplier<byte[]> alert : alerts) {
            var _ = alert.get();
        }
        stored += alerts.size();
    }

    private static byte[] answer(Cursor cursor) {
        return cursor.toString().getBytes(StandardCharsets.UTF_8);
    }
}
