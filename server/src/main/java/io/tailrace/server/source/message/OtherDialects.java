package io.tailrace.server.source.message;

import io.tailrace.model.Event;
import io.tailrace.server.cloudevents.CloudEventMessages;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.server.openlineage.LineageMessages;
import io.tailrace.server.otlp.OtlpMessages;
import io.tailrace.server.redaction.RedactedLines;
import io.tailrace.server.settings.MessageSettings.Dialect;
import io.tailrace.server.settings.SourceAbout;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Messages in a dialect that says itself what it is about. Confined to one thread. */
final class OtherDialects {

    /** All sources are one teller, so that records of one may name runs of another. */
    private static final String TELLER = "sources";

    private static final String LINEAGE = "/api/v1/lineage";
    private static final String OURS = "/api/events";

    private final SourceAbout about;
    private final MessageDialects shared;
    private final Consumer<Event.Published> events;
    private final Consumer<Refused> refused;
    private final RedactedLines redacted;

    OtherDialects(
            SourceAbout about,
            MessageDialects shared,
            Consumer<Event.Published> events,
            Consumer<Refused> refused) {
        this.about = about;
        this.shared = shared;
        this.events = events;
        this.refused = refused;
        this.redacted = new RedactedLines(shared.redactor());
    }

    /** Where such messages are taken over HTTP. */
    static String target(Dialect spoken) {
        return switch (spoken) {
            case CLOUDEVENTS -> "/api/cloudevents";
            case OTLP_LOGS -> "/v1/logs";
            case OTLP_METRICS -> "/v1/metrics";
            case OTLP_TRACES -> "/v1/traces";
            case OPENLINEAGE, AUTO, LINES, TAILRACE, TEXT -> LINEAGE;
        };
    }

    private void add(Event.Published event) {
        events.accept(redacted.without(event));
    }

    void lineage(Message message) {
        shared.lineage()
                .read(
                        TELLER,
                        message.body(),
                        message.time(),
                        new LineageMessages.Sink() {
                            @Override
                            public void events(List<Event.Published> together) {
                                together.forEach(OtherDialects.this::add);
                            }

                            @Override
                            public void rejected(String reason, byte[] body) {
                                refused.accept(
                                        new Refused(reason, body, LINEAGE, "application/json"));
                            }
                        });
    }

    void cloudEvents(Message message) {
        CloudEventMessages.read(
                        message.body(),
                        message.contentType(),
                        message.headers(),
                        this::parameter,
                        message.time())
                .forEach(this::add);
    }

    /** A letter has no headers: attributes that stand there are kept in the event. */
    static Refused refusedCloudEvent(Message message, String reason) {
        boolean binary = CloudEventMessages.binary(message.contentType(), message.headers());
        byte[] body =
                binary
                        ? CloudEventMessages.structured(
                                message.body(), message.contentType(), message.headers())
                        : message.body();
        return new Refused(
                reason,
                body,
                target(Dialect.CLOUDEVENTS),
                binary ? "application/cloudevents+json" : message.contentType());
    }

    private @Nullable String parameter(String name) {
        return switch (name) {
            case "workspace" -> about.workspace();
            case "workflow" -> about.workflow();
            case "run" -> about.run();
            case "task" -> about.task();
            default -> null;
        };
    }

    void otlp(Dialect spoken, Message message) {
        byte[] body = message.body();
        OtlpMessages.Signal signal =
                switch (spoken) {
                    case OTLP_METRICS -> OtlpMessages.Signal.METRICS;
                    case OTLP_TRACES -> OtlpMessages.Signal.TRACES;
                    default -> OtlpMessages.Signal.LOGS;
                };
        // No request in protobuf begins with a brace.
        boolean protobuf = body.length > 0 && body[0] != '{';
        var records = new Records(target(spoken));
        shared.otlp().read(signal, protobuf, body, TELLER, message.time(), records);
        if (records.count == 0) {
            throw new MalformedEventException(
                    "There are no %s in it.".formatted(signal.name().toLowerCase(Locale.ROOT)));
        }
    }

    private final class Records implements OtlpMessages.Sink {
        private final String target;
        private int count;

        Records(String target) {
            this.target = target;
        }

        @Override
        public void add(Event.Published event) {
            count++;
            OtherDialects.this.add(event);
        }

        @Override
        public void add(List<Event.Published> together) {
            count++;
            together.forEach(OtherDialects.this::add);
        }

        @Override
        public void reject(Rejection why, String sentence, Supplier<byte[]> event) {
            count++;
            // Sent again it is an event of ours: its neighbours in the message are taken.
            refused.accept(new Refused(sentence, event.get(), OURS, "application/json"));
        }

        @Override
        public void unreadable(String sentence, Supplier<byte[]> record) {
            count++;
            refused.accept(new Refused(sentence, record.get(), target, "application/json"));
        }

        @Override
        public void reject(Rejection why, String sentence) {
            count++;
            // Of a part there are no bytes, and the rest is taken.
            refused.accept(new Refused(sentence, new byte[0], target, ""));
        }
    }
}
