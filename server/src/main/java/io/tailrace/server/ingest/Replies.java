package io.tailrace.server.ingest;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Cursor;
import io.tailrace.server.broker.BrokerException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Pause;
import io.tailrace.server.http.Problems;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What publishers are told about what became of their events. */
final class Replies {

    private static final Duration LINGER = Duration.ofMillis(300);

    private Replies() {}

    static void answer(
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
    static void brokenOff(
            ServerRequest request,
            ServerResponse response,
            HttpProblem broken,
            Outcome outcome,
            Pipe pipe) {
        boolean over = broken.status() == 403; // the caller's time: the rest is not waited for
        if (over) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        send(request, response, broken, outcome, pipe);
        if (over) {
            throw new CloseConnectionException("The caller may do nothing any more.");
        }
    }

    /**
     * The gateway stops: what came is stored, and the publisher is told how much that is. The
     * connection stays open for a moment, so that what the publisher still sends does not make its
     * system throw the answer away.
     */
    static void stopped(ServerRequest request, ServerResponse response, Outcome outcome, Pipe pipe)
            throws InterruptedException {
        response.header(HeaderValues.CONNECTION_CLOSE);
        String stored =
                "%,d events of this request are stored, nothing behind them is."
                        .formatted(pipe.accepted());
        brokenOff(request, response, LivePipes.stopping(stored), outcome, pipe);
        Pause.of(LINGER);
        throw new CloseConnectionException("The gateway is stopping.");
    }

    /** What was stored before the log refused is said; the rest of the body is not waited for. */
    static void refuse(
            ServerRequest request,
            ServerResponse response,
            BrokerException e,
            Outcome outcome,
            Pipe pipe) {
        var problem = new HttpProblem(503, "Not available", String.valueOf(e.getMessage()));
        response.header(HeaderValues.CONNECTION_CLOSE);
        send(request, response, problem, outcome, pipe);
        throw new CloseConnectionException("The log refused.", e);
    }

    private static void send(
            ServerRequest request,
            ServerResponse response,
            HttpProblem problem,
            Outcome outcome,
            Pipe pipe) {
        Problems.send(
                request,
                response,
                problem,
                json -> outcome.write(json, pipe.accepted(), pipe.cursor()));
    }

    static byte[] reply(Outcome outcome, long accepted, @Nullable Cursor cursor) {
        return Json.object(json -> outcome.write(json, accepted, cursor));
    }

    static void json(ServerResponse response, byte[] body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body);
    }
}
