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

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;

/**
 * Takes in what OpenTelemetry's exporters and collectors send by OTLP over HTTP: {@code POST
 * /v1/logs}, {@code /v1/metrics} and {@code /v1/traces}, in protobuf or JSON. Thread-safe.
 *
 * <p>A request is stored as a whole before it is answered; records that cannot be stored or may not
 * be published are counted in the answer, with a sentence about the first.
 */
public final class OtlpHandler {

    private static final Envelope<LogRecord> LOGS =
            new Envelope<>("Logs", "logRecords", LogRecord::read);
    private static final Envelope<Metric> METRICS =
            new Envelope<>("Metrics", "metrics", Metric::read);
    private static final Envelope<Span> SPANS = new Envelope<>("Spans", "spans", Span::read);

    private final Intake intake;
    private final PlaceRule rule;
    private final LineageRuns lineage;
    private final OtlpLimits limits;
    private final Clock clock;
    private final BodyRoom room;

    /** Reads a request's records, and gathers the events they become. */
    private interface Reading {
        void read(Source in, Places places, Gathering events, Instant now);
    }

    /**
     * Gathers by that intake.
     *
     * @param rule where records go that do not name a run of OpenLineage
     * @param lineage knows those that do
     */
    public OtlpHandler(
            Intake intake, PlaceRule rule, LineageRuns lineage, OtlpLimits limits, Clock clock) {
        this.lineage = lineage;
        this.room =
                new BodyRoom(Math.max(limits.body() + 1L, Runtime.getRuntime().maxMemory() / 8));
        this.intake = intake;
        this.rule = rule;
        this.limits = limits;
        this.clock = clock;
    }

    /** Log records become log events. */
    public void logs(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedLogRecords", this::readLogs);
    }

    /** Measurements become metric events. */
    public void metrics(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedDataPoints", this::readMetrics);
    }

    /** Spans become tasks of their run, or log events. */
    public void traces(ServerRequest request, ServerResponse response) {
        handle(request, response, "rejectedSpans", this::readSpans);
    }

    private void handle(
            ServerRequest request, ServerResponse response, String counted, Reading reading) {
        Encoding encoding = Encoding.of(request);
        byte[] reply;
        try (BodyRoom.Lease memory = room.lease()) {
            Encoding.check(request);
            Gathering events = intake.begin(request);
            byte[] body = BodySource.whole(request, limits.body(), memory);
            read(request, body, events, reading);
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

    private void read(ServerRequest request, byte[] body, Gathering events, Reading reading) {
        var places = new Places(rule, lineage, Caller.of(request).name());
        var budget = new Budget();
        if (Encoding.of(request) == Encoding.PROTOBUF) {
            reading.read(new ProtobufSource(body, budget), places, events, clock.instant());
        } else {
            try (JsonSource source = new JsonSource(body, budget)) {
                reading.read(source, places, events, clock.instant());
            }
        }
    }

    private void readLogs(Source in, Places places, Gathering events, Instant now) {
        LOGS.read(
                in,
                (resource, scope, log) -> {
                    if (fits(log.size, events)) {
                        events.add(
                                LogMapping.event(
                                        places.of(resource, log.attributes), scope, log, now));
                    }
                });
    }

    private void readMetrics(Source in, Places places, Gathering events, Instant now) {
        METRICS.read(
                in,
                (resource, scope, metric) -> {
                    for (Point point : metric.points) {
                        if (!point.empty() && fits(point.size, events)) {
                            add(
                                    MetricMapping.event(
                                            places.of(resource, point.attributes),
                                            scope,
                                            metric,
                                            point,
                                            now),
                                    metric,
                                    events);
                        }
                    }
                });
    }

    private static void add(Event.@Nullable Metric event, Metric metric, Gathering events) {
        if (event != null) {
            events.add(event);
        } else {
            events.reject(
                    Rejection.MALFORMED,
                    "Metric '%s' needs a name and a value that is a finite number."
                            .formatted(Texts.cut(metric.name, 100)));
        }
    }

    private void readSpans(Source in, Places places, Gathering events, Instant now) {
        SPANS.read(
                in,
                (resource, scope, span) -> {
                    if (fits(span.size, events)) {
                        events.add(
                                SpanMapping.events(
                                        places.of(resource, span.attributes), scope, span, now));
                    }
                });
    }

    private boolean fits(int size, Gathering events) {
        if (size <= limits.record()) {
            return true;
        }
        events.reject(
                Rejection.TOO_LONG,
                "A record has more than %,d bytes; shorten it or split it."
                        .formatted(limits.record()));
        return false;
    }

    /** What is not a success is said in a {@code Status}, in the request's encoding. */
    private static void refuse(
            ServerRequest request,
            ServerResponse response,
            Encoding encoding,
            HttpProblem problem) {
        boolean unread = !request.content().consumed() && request.content().hasEntity();
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
