package io.tailrace.server.ingest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Problems;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes events in: {@code POST /api/events} and {@code POST|PUT /api/channels/{channel}/events}.
 *
 * <p>The answer comes when everything is durable. Lines of a body that stays open are stored as
 * they arrive. Thread-safe.
 */
public final class IngestHandler {

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final Duration LINGER = Duration.ofMillis(300);

    private final Broker broker;
    private final IngestLimits limits;
    private final Clock clock;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final LivePipes pipes;
    private final PublishTracer tracer;

    /**
     * Publishes to that broker.
     *
     * @param rate how fast publishers may be
     * @param pipes where bodies are noted that may stay open
     * @param tracer told the way of every request
     */
    public IngestHandler(
            Broker broker,
            IngestLimits limits,
            Clock clock,
            IngestObserver observer,
            PublishLimit rate,
            LivePipes pipes,
            PublishTracer tracer) {
        this.broker = broker;
        this.limits = limits;
        this.clock = clock;
        this.observer = observer;
        this.rate = rate;
        this.pipes = pipes;
        this.tracer = tracer;
    }

    /** Events that name their own channels. */
    public void events(ServerRequest request, ServerResponse response) throws InterruptedException {
        handle(request, response, IngestRequest.toEvents(request), true);
    }

    /** Events or lines of text for one channel. */
    public void channel(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        handle(request, response, IngestRequest.toChannel(request), false);
    }

    private void handle(
            ServerRequest request,
            ServerResponse response,
            IngestRequest asked,
            boolean needsEvents)
            throws InterruptedException {
        rate.check(Caller.of(request));
        BodySource body =
                BodySource.open(request.content().inputStream(), asked.gzip(), limits.unzipped());
        Outcome outcome = new Outcome();
        if (asked.key() == null) {
            stream(request, response, asked, body, outcome, needsEvents);
        } else {
            once(request, response, asked, asked.key(), body, outcome);
        }
    }

    private void stream(
            ServerRequest request,
            ServerResponse response,
            IngestRequest asked,
            BodySource body,
            Outcome outcome,
            boolean needsEvents)
            throws InterruptedException {
        Caller caller = Caller.of(request);
        try (var trace = trace(request);
                Pipe pipe = new Pipe(broker, trace);
                var lines = new LinesDelivery(caller, body, pipe, rate, pipes)) {
            try {
                HttpProblem broken = read(asked, body, outcome, lines);
                pipe.finish();
                if (lines.stopped()) {
                    stopped(request, response, outcome, pipe);
                } else if (broken != null) {
                    brokenOff(request, response, broken, outcome, pipe);
                    return;
                }
            } catch (BrokerException e) {
                refuse(request, response, e, outcome, pipe);
                return;
            } finally {
                observer.ingested(pipe.accepted(), outcome.counts());
            }
            answer(request, response, outcome, pipe.accepted(), pipe.cursor(), needsEvents);
        }
    }

    /** Why the body cannot be read to its end; null when it can. */
    private @Nullable HttpProblem read(
            IngestRequest asked, BodySource body, Outcome outcome, LinesDelivery lines)
            throws InterruptedException {
        try {
            parser(asked, outcome, lines).parse(body, asked.form());
            return null;
        } catch (HttpProblem e) {
            return e;
        }
    }

    /** The whole body is one append; a repeated key gives the first answer again. */
    private void once(
            ServerRequest request,
            ServerResponse response,
            IngestRequest asked,
            String key,
            BodySource body,
            Outcome outcome)
            throws InterruptedException {
        List<Event.Published> events = new ArrayList<>();
        // The limit of the body bounds the memory that the events take.
        byte[] all = body.readAll(new byte[0], 0, limits.body());
        BodySource whole = BodySource.open(new ByteArrayInputStream(all), false, Long.MAX_VALUE);
        parser(asked, outcome, block -> collect(events, block)).parse(whole, asked.form());
        if (events.isEmpty()) {
            observer.ingested(0, outcome.counts());
            answer(request, response, outcome, 0, null, true);
            return;
        }
        var _ = rate.take(Caller.of(request), events.size(), all.length); // the next one waits
        Receipt receipt = Receipt.of(request, all);
        byte[] remembered = publishOnce(request, events, key, receipt, outcome);
        byte[] reply = receipt.reply(remembered);
        observer.ingested(events.size(), outcome.counts());
        json(response, reply);
    }

    private byte[] publishOnce(
            ServerRequest request,
            List<Event.Published> events,
            String key,
            Receipt receipt,
            Outcome outcome) {
        long begin = System.nanoTime();
        var last = new AtomicLong(-1);
        try (var trace = trace(request)) {
            byte[] remembered =
                    broker.publishOnce(
                            events,
                            key,
                            cursor -> {
                                last.set(cursor.position());
                                return receipt.with(reply(outcome, events.size(), cursor));
                            });
            if (last.get() >= 0) { // else the key came before, and nothing was stored
                trace.appended(last.get(), events.size(), begin);
            }
            return remembered;
        }
    }

    private PublishTracer.Trace trace(ServerRequest request) {
        return tracer.begin(request.headers().first(TRACEPARENT).orElse(null));
    }

    private void collect(List<Event.Published> events, List<Event.Published> block) {
        events.addAll(block);
        if (events.size() > limits.keyed()) {
            throw new HttpProblem(
                    413,
                    "Too large",
                    "A request with an Idempotency-Key may have at most %,d events."
                            .formatted(limits.keyed()));
        }
    }

    private BodyParser parser(IngestRequest asked, Outcome outcome, BodyParser.Delivery delivery) {
        var decoder = new EventDecoder(asked.defaults(), clock);
        return new BodyParser(limits, decoder, outcome, delivery);
    }

    private static void answer(
            ServerRequest request,
            ServerResponse response,
            Outcome outcome,
            long accepted,
            @Nullable Cursor cursor,
            boolean needsEvents) {
        if (accepted == 0 && outcome.rejections() > 0) {
            var problem =
                    new HttpProblem(
                            400,
                            "Nothing accepted",
                            "Every event was rejected. The first: " + outcome.firstReason());
            Problems.send(request, response, problem, json -> outcome.write(json, 0, null));
        } else if (accepted == 0 && needsEvents) {
            throw new HttpProblem(
                    400, "Bad request", "There is no event in the body: send at least one.");
        } else {
            json(response, reply(outcome, accepted, cursor));
        }
    }

    /** What came before the place where the body broke is stored; the answer says how much. */
    private static void brokenOff(
            ServerRequest request,
            ServerResponse response,
            HttpProblem broken,
            Outcome outcome,
            Pipe pipe) {
        Problems.send(
                request,
                response,
                broken,
                json -> outcome.write(json, pipe.accepted(), pipe.cursor()));
    }

    /**
     * The gateway stops: what came is stored, and the publisher is told how much that is. The
     * connection stays open for a moment, so that what the publisher still sends does not make its
     * system throw the answer away.
     */
    private static void stopped(
            ServerRequest request, ServerResponse response, Outcome outcome, Pipe pipe)
            throws InterruptedException {
        response.header(HeaderValues.CONNECTION_CLOSE);
        String stored =
                "%,d events of this request are stored, nothing behind them is."
                        .formatted(pipe.accepted());
        brokenOff(request, response, LivePipes.stopping(stored), outcome, pipe);
        Thread.sleep(LINGER);
        throw new CloseConnectionException("The gateway is stopping.");
    }

    /** What was stored before the log refused is said; the rest of the body is not waited for. */
    private static void refuse(
            ServerRequest request,
            ServerResponse response,
            BrokerException e,
            Outcome outcome,
            Pipe pipe) {
        var problem = new HttpProblem(503, "Not available", String.valueOf(e.getMessage()));
        response.header(HeaderValues.CONNECTION_CLOSE);
        Problems.send(
                request,
                response,
                problem,
                json -> outcome.write(json, pipe.accepted(), pipe.cursor()));
        throw new CloseConnectionException("The log refused.", e);
    }

    private static byte[] reply(Outcome outcome, long accepted, @Nullable Cursor cursor) {
        return Json.object(json -> outcome.write(json, accepted, cursor));
    }

    private static void json(ServerResponse response, byte[] body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body);
    }
}
