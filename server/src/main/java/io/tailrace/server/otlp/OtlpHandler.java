package io.tailrace.server.otlp;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.BrokerException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.ingest.BodyRoom;
import io.tailrace.server.ingest.BodySource;
import io.tailrace.server.ingest.Gathering;
import io.tailrace.server.ingest.Intake;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.server.otlp.OtlpMessages.Signal;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes in what OpenTelemetry's exporters and collectors send by OTLP over HTTP: {@code POST
 * /v1/logs}, {@code /v1/metrics} and {@code /v1/traces}, in protobuf or JSON. Thread-safe.
 *
 * <p>A request is stored as a whole before it is answered; records that cannot be stored or may not
 * be published are counted in the answer, with a sentence about the first.
 */
public final class OtlpHandler {

    private final Intake intake;
    private final OtlpMessages messages;
    private final OtlpLimits limits;
    private final Clock clock;
    private final BodyRoom room;

    /**
     * Gathers by that intake.
     *
     * @param rule where records go that do not name a run of OpenLineage
     * @param lineage knows those that do
     */
    public OtlpHandler(
            Intake intake, PlaceRule rule, LineageRuns lineage, OtlpLimits limits, Clock clock) {
        this.room =
                new BodyRoom(Math.max(limits.body() + 1L, Runtime.getRuntime().maxMemory() / 8));
        this.intake = intake;
        this.messages = new OtlpMessages(rule, lineage, limits.record());
        this.limits = limits;
        this.clock = clock;
    }

    /** What there is for records that come some other way. */
    public OtlpMessages messages() {
        return messages;
    }

    /** Log records become log events. */
    public void logs(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedLogRecords", Signal.LOGS);
    }

    /** Measurements become metric events. */
    public void metrics(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedDataPoints", Signal.METRICS);
    }

    /** Spans become tasks of their run, or log events. */
    public void traces(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedSpans", Signal.TRACES);
    }

    private void handle(
            ServerRequest request, ServerResponse response, String counted, Signal signal) {
        Encoding encoding = Encoding.of(request);
        byte[] reply;
        try (BodyRoom.Lease memory = room.lease()) {
            Encoding.check(request);
            Gathering events = intake.begin(request);
            byte[] body = BodySource.whole(request, limits.body(), memory);
            read(request, signal, encoding, body, events);
            int _ = events.store(body.length);
            reply = ReplyWriter.response(encoding, counted, events.rejected(), events.reason());
        } catch (HttpProblem e) {
            refuse(request, response, encoding, e);
            return;
        } catch (BrokerException e) {
            String why = String.valueOf(e.getMessage());
            refuse(request, response, encoding, new HttpProblem(503, "Not available", why));
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, encoding.type()).send(reply);
    }

    private void read(
            ServerRequest request,
            Signal signal,
            Encoding encoding,
            byte[] body,
            Gathering events) {
        boolean protobuf = encoding == Encoding.PROTOBUF;
        String teller = Caller.of(request).name();
        try {
            messages.read(signal, protobuf, body, teller, clock.instant(), into(events));
        } catch (HttpProblem e) {
            events.letters().keep(e.detail(), body); // nothing of it is stored
            throw e;
        }
    }

    private static OtlpMessages.Sink into(Gathering events) {
        return new OtlpMessages.Sink() {
            @Override
            public void add(Event.Published event) {
                events.add(event);
            }

            @Override
            public void add(List<Event.Published> together) {
                events.add(together);
            }

            @Override
            public void reject(Rejection why, String sentence) {
                events.reject(why, sentence);
            }

            @Override
            public void reject(Rejection why, String sentence, Supplier<byte[]> event) {
                events.reject(why, sentence, event);
            }

            @Override
            public void unreadable(String sentence, Supplier<byte[]> record) {
                events.reject(Rejection.MALFORMED, sentence);
                events.letters().keep(sentence, record.get());
            }
        };
    }

    /** What is not a success is said in a {@code Status}, in the request's encoding. */
    private static void refuse(
            ServerRequest request,
            ServerResponse response,
            Encoding encoding,
            HttpProblem problem) {
        boolean unread =
                problem.closing()
                        || (!request.content().consumed() && request.content().hasEntity());
        if (problem.status() == 429 || problem.status() == 503) {
            response.header(HeaderNames.RETRY_AFTER, String.valueOf(problem.retrySeconds()));
        }
        if (unread) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        response.status(Status.create(problem.status()))
                .header(HeaderNames.CONTENT_TYPE, encoding.type())
                .send(ReplyWriter.status(encoding, problem.status(), problem.detail()));
        if (unread) {
            throw new CloseConnectionException("The rest of the body is not wanted.");
        }
    }
}
