package io.tailrace.server.ingest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerException;
import io.tailrace.server.dbt.DbtLines;
import io.tailrace.server.dbt.DbtRuns;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.deadletter.LetterBox;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Problems;
import io.tailrace.server.redaction.Redactor;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.time.Clock;
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

    private final Broker broker;
    private final IngestLimits limits;
    private final Clock clock;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final LivePipes pipes;
    private final PublishTracer tracer;
    private final Redactor redactor;
    private final DeadLetters letters;
    private final DbtRuns dbt = new DbtRuns(); // one log may come in many bodies

    /**
     * Publishes to that broker.
     *
     * @param rate how fast publishers may be
     * @param pipes where bodies are noted that may stay open
     * @param tracer told the way of every request
     * @param redactor masks secrets in every event
     * @param letters keeps lines that cannot be taken
     */
    public IngestHandler(
            Broker broker,
            IngestLimits limits,
            Clock clock,
            IngestObserver observer,
            PublishLimit rate,
            LivePipes pipes,
            PublishTracer tracer,
            Redactor redactor,
            DeadLetters letters) {
        this.broker = broker;
        this.limits = limits;
        this.clock = clock;
        this.observer = observer;
        this.rate = rate;
        this.pipes = pipes;
        this.tracer = tracer;
        this.redactor = redactor;
        this.letters = letters;
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
        Caller caller = Caller.of(request);
        rate.check(caller);
        BodySource body =
                BodySource.open(request.content().inputStream(), asked.gzip(), limits.unzipped());
        Outcome outcome = new Outcome();
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
        Caller caller = Caller.of(request);
        try (var trace = trace(request);
                Pipe pipe = new Pipe(broker, trace);
                var lines = new LinesDelivery(caller, body, pipe, rate, pipes)) {
            try {
                HttpProblem broken = read(request, asked, body, outcome, lines, pipe);
                if (lines.stopped()) {
                    Replies.stopped(request, response, outcome, pipe);
                } else if (broken != null) {
                    Replies.brokenOff(request, response, broken, outcome, pipe);
                    return;
                }
            } catch (BrokerException e) {
                Replies.refuse(request, response, e, outcome, pipe);
                return;
            } finally {
                observer.ingested(pipe.accepted(), outcome.counts());
            }
            Replies.answer(request, response, outcome, pipe.accepted(), pipe.cursor(), needsEvents);
        }
    }

    /** Why the body cannot be read to its end; null when it can. What was read is stored. */
    private @Nullable HttpProblem read(
            ServerRequest request,
            IngestRequest asked,
            BodySource body,
            Outcome outcome,
            LinesDelivery lines,
            Pipe pipe)
            throws InterruptedException {
        try (DbtLines told = dbt(request, asked)) {
            HttpProblem broken = parse(request, asked, told, body, outcome, lines);
            pipe.finish();
            if (broken == null || lines.stopped()) {
                told.taken();
            }
            return broken;
        }
    }

    private @Nullable HttpProblem parse(
            ServerRequest request,
            IngestRequest asked,
            DbtLines told,
            BodySource body,
            Outcome outcome,
            LinesDelivery lines)
            throws InterruptedException {
        try {
            parser(request, asked, told, outcome, lines).parse(body, asked.form());
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
        try (DbtLines told = dbt(request, asked)) {
            once(request, response, asked, key, body, outcome, told);
            told.taken();
        }
    }

    private void once(
            ServerRequest request,
            ServerResponse response,
            IngestRequest asked,
            String key,
            BodySource body,
            Outcome outcome,
            DbtLines told)
            throws InterruptedException {
        List<Event.Published> events = new ArrayList<>();
        // The limit of the body bounds the memory that the events take.
        byte[] all = body.readAll(new byte[0], 0, limits.body());
        BodySource whole = BodySource.open(new ByteArrayInputStream(all), false, Long.MAX_VALUE);
        parser(request, asked, told, outcome, block -> collect(events, block))
                .parse(whole, asked.form());
        if (events.isEmpty()) {
            observer.ingested(0, outcome.counts());
            Replies.answer(request, response, outcome, 0, null, true);
            return;
        }
        var _ = rate.take(Caller.of(request), events.size(), all.length); // the next one waits
        Receipt receipt = Receipt.of(request, all);
        byte[] remembered = publishOnce(request, events, key, receipt, outcome);
        byte[] reply = receipt.reply(remembered);
        observer.ingested(events.size(), outcome.counts());
        Replies.json(response, reply);
    }

    private DbtLines dbt(ServerRequest request, IngestRequest asked) {
        Defaults defaults = asked.defaults();
        String caller = Caller.of(request).name();
        return new DbtLines(caller, defaults.channel(), defaults.subject(), dbt);
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
                                return receipt.with(Replies.reply(outcome, events.size(), cursor));
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

    private BodyParser parser(
            ServerRequest request,
            IngestRequest asked,
            DbtLines told,
            Outcome outcome,
            BodyParser.Delivery delivery) {
        var decoder = new EventDecoder(asked.defaults(), clock, asked.reader(), asked.raw(), told);
        return new BodyParser(
                limits,
                decoder,
                check(request),
                outcome,
                delivery,
                redactor,
                LetterBox.of(letters, request));
    }
}
