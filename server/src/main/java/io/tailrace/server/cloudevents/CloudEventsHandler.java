package io.tailrace.server.cloudevents;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Parameters;
import io.tailrace.server.http.Problems;
import io.tailrace.server.ingest.BodyRoom;
import io.tailrace.server.ingest.BodySource;
import io.tailrace.server.ingest.Gathering;
import io.tailrace.server.ingest.Intake;
import io.tailrace.server.ingest.JsonValues;
import io.tailrace.server.ingest.RejectedLines;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Takes CloudEvents in over HTTP: {@code POST /api/cloudevents}. Each is stored once by its source
 * and id, before it is answered. Thread-safe.
 */
public final class CloudEventsHandler {

    /** The most events of a batch. */
    private static final int MOST = 10_000;

    private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
    private static final String BATCH = "application/cloudevents-batch";
    private static final String STRUCTURED = "application/cloudevents";

    private final Intake intake;
    private final int maxEvent;
    private final int maxBody;
    private final Clock clock;
    private final BodyRoom room;

    /**
     * Gathers by that intake.
     *
     * @param maxEvent the largest event, in bytes
     * @param maxBody the largest batch, in bytes
     */
    public CloudEventsHandler(Intake intake, int maxEvent, int maxBody, Clock clock) {
        this.intake = intake;
        this.maxEvent = maxEvent;
        this.maxBody = maxBody;
        this.clock = clock;
        this.room = new BodyRoom(Math.max(maxBody + 1L, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Whether a request says that it brings CloudEvents. */
    public static boolean speaks(ServerRequest request) {
        return type(request).startsWith(STRUCTURED) || request.headers().contains(SPEC_VERSION);
    }

    private static String type(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Takes an event or a batch. */
    public void handle(ServerRequest request, ServerResponse response) {
        if (!speaks(request)) {
            throw new HttpProblem(
                    415,
                    "Unsupported media type",
                    "Send application/cloudevents+json, application/cloudevents-batch+json, or the"
                            + " attributes in headers such as ce-specversion.");
        }
        Gathering events = intake.begin(request);
        boolean batch = type(request).startsWith(BATCH);
        try (BodyRoom.Lease memory = room.lease()) {
            take(request, response, events, batch, memory);
        }
    }

    private void take(
            ServerRequest request,
            ServerResponse response,
            Gathering events,
            boolean batch,
            BodyRoom.Lease memory) {
        byte[] body = BodySource.whole(request, batch ? maxBody : maxEvent, memory);
        var letters = new Letters(events.letters(), request);
        var taking = new Taking(events, mapping(request));
        try {
            if (batch) {
                JsonValues.list(
                        body,
                        element ->
                                taking.take(
                                        () -> StructuredReader.read(element),
                                        reason -> letters.keepElement(reason, element)));
            } else if (type(request).startsWith(STRUCTURED)) {
                taking.take(
                        () -> StructuredReader.read(JsonValues.value(body)),
                        reason -> letters.keepBody(reason, body));
            } else {
                taking.take(
                        () -> BinaryReader.read(request, body),
                        reason -> letters.keepBinary(reason, body));
            }
        } catch (MalformedEventException e) {
            letters.keepBody(said(e), body);
            throw new HttpProblem(400, "Bad request", said(e) + " Nothing was stored.");
        }
        answer(request, response, events, taking.rejected, events.store(body.length));
    }

    private Mapping mapping(ServerRequest request) {
        return new Mapping(name -> parameter(request, name), clock.instant());
    }

    private static @Nullable String parameter(ServerRequest request, String name) {
        String value = Parameters.only(request, name);
        return value == null || value.isEmpty() ? null : value;
    }

    private interface Reading {
        CloudEvent read();
    }

    /** Takes one event after the other; one that is wrong does not spoil the others. */
    private static final class Taking {

        private final Gathering events;
        private final Mapping mapping;
        private final RejectedLines rejected = new RejectedLines();
        private int number;

        Taking(Gathering events, Mapping mapping) {
            this.events = events;
            this.mapping = mapping;
        }

        void take(Reading reading, Consumer<String> letter) {
            number++;
            if (number > MOST) {
                throw new MalformedEventException(
                        "A batch may have at most %,d events.".formatted(MOST));
            }
            try {
                CloudEvent event = reading.read();
                String key = "cloudevents\n" + event.source() + "\n" + event.id();
                Gathering.Refusal refusal = events.add(mapping.event(event), key);
                if (refusal != null) {
                    rejected.add(number, refusal.sentence());
                    if (refusal.why() != Rejection.DENIED) {
                        letter.accept(refusal.sentence());
                    }
                }
            } catch (MalformedEventException e) {
                events.reject(Rejection.MALFORMED, said(e));
                rejected.add(number, said(e));
                letter.accept(said(e));
            }
        }
    }

    private static String said(MalformedEventException e) {
        return String.valueOf(e.getMessage());
    }

    private static void answer(
            ServerRequest request,
            ServerResponse response,
            Gathering events,
            RejectedLines rejected,
            int accepted) {
        Json.Members members = json -> rejected.write(json, accepted, events.rejected());
        if (accepted == 0 && events.rejected() > 0) {
            var problem =
                    new HttpProblem(
                            events.forbidden() ? 403 : 400,
                            events.forbidden() ? "Forbidden" : "Nothing accepted",
                            "Every event was rejected. The first: " + events.reason());
            Problems.send(request, response, problem, members);
        } else {
            Answers.json(request, response, Json.object(members));
        }
    }
}
