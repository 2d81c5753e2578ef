package io.tailrace.server.ingest;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Channel;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Takes events in: {@code POST /api/events} and {@code POST|PUT /api/channels/{channel}/events}.
 *
 * <p>The answer comes when everything is durable. Lines of a body that stays open are stored as
 * they arrive. Thread-safe.
 */
public final class IngestHandler {

    private final Broker broker;
    private final IngestLimits limits;
    private final Clock clock;
    private final IngestObserver observer;

    /** Publishes to that broker. */
    public IngestHandler(Broker broker, IngestLimits limits, Clock clock, IngestObserver observer) {
        this.broker = broker;
        this.limits = limits;
        this.clock = clock;
        this.observer = observer;
    }

    /** Events that name their own channels. */
    public void events(ServerRequest request, ServerResponse response) throws InterruptedException {
        handle(request, response, IngestRequest.toEvents(request), true);
    }

    /** Events or lines of text for one channel. */
    public void channel(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        IngestRequest asked = IngestRequest.toChannel(request);
        Channel channel = asked.defaults().channel();
        try {
            if (channel != null) {
                check(request).require(channel);
            }
        } catch (HttpProblem problem) {
            Problems.refuse(request, response, problem); // a pipe is told at once, not at its end
            return;
        }
        handle(request, response, asked, false);
    }

    private PublishCheck check(ServerRequest request) {
        return new PublishCheck(Caller.of(request), clock, broker::admits);
    }

    private void handle(
            ServerRequest request,
            ServerResponse response,
            IngestRequest asked,
            boolean needsEvents)
            throws InterruptedException {
        BodySource body =
                BodySource.open(request.content().inputStream(), asked.gzip(), limits.unzipped());
        Outcome outcome = new Outcome();
        Caller caller = Caller.of(request);
        if (asked.key() == null) {
            stream(request, response, asked, body, outcome, needsEvents);
        } else {
            // Others may use the same keys without ever knowing.
            once(request, response, asked, caller.name() + '\n' + asked.key(), body, outcome);
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
        try (Pipe pipe = new Pipe(broker)) {
            try {
                HttpProblem broken = read(check(request), asked, body, outcome, pipe);
                pipe.finish();
                if (broken != null) {
                    brokenOff(request, response, broken, outcome, pipe);
                    return;
                }
            } catch (BrokerException e) {
                refuse(request, response, e, outcome, pipe);
                return;
            } finally {
                observer.ingested(pipe.accepted(), outcome.rejections());
            }
            answer(request, response, outcome, pipe.accepted(), pipe.cursor(), needsEvents);
        }
    }

    /** Why the body cannot be read to its end; null when it can. */
    private @Nullable HttpProblem read(
            PublishCheck check, IngestRequest asked, BodySource body, Outcome outcome, Pipe pipe)
            throws InterruptedException {
        try {
            parser(check, asked, outcome, pipe::put).parse(body, asked.form());
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
        parser(check(request), asked, outcome, block -> collect(events, block))
                .parse(whole, asked.form());
        if (events.isEmpty()) {
            observer.ingested(0, outcome.rejections());
            answer(request, response, outcome, 0, null, true);
            return;
        }
        Receipt receipt = Receipt.of(request, all);
        byte[] remembered =
                broker.publishOnce(
                        events, key, cursor -> receipt.with(reply(outcome, events.size(), cursor)));
        byte[] reply = receipt.reply(remembered);
        observer.ingested(events.size(), outcome.rejections());
        json(response, reply);
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

    private BodyParser parser(
            PublishCheck check,
            IngestRequest asked,
            Outcome outcome,
            BodyParser.Delivery delivery) {
        var decoder = new EventDecoder(asked.defaults(), clock);
        return new BodyParser(limits, decoder, check, outcome, delivery);
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
                            outcome.forbidden() ? 403 : 400,
                            outcome.forbidden() ? "Forbidden" : "Nothing accepted",
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
        boolean over = broken.status() == 403; // the caller's time: the rest is not waited for
        if (over) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        Problems.send(
                request,
                response,
                broken,
                json -> outcome.write(json, pipe.accepted(), pipe.cursor()));
        if (over) {
            throw new CloseConnectionException("The caller may do nothing any more.");
        }
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
