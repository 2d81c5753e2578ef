package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Subject;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.deadletter.LetterBox;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Problems;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.ingest.PublishCheck;
import io.tailrace.server.ingest.PublishLimit;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.server.ingest.UnpackedBody;
import io.tailrace.server.redaction.Redactor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;

/**
 * {@code POST /api/v1/lineage} and the other addresses that OpenLineage clients call: one event, or
 * many. The answer comes when they are durable. Who is too fast is told 503, for these clients send
 * again after that and not after 429. Thread-safe.
 */
public final class LineageHandler {

    private static final long MOST_BYTES = 64 << 20;

    private final LineageIntake.Shared shared;
    private final PublishLimit rate;
    private final IngestObserver observer;
    private final DeadLetters letters;

    /**
     * Publishes to that broker.
     *
     * @param attempts what the log knows of runs that began before this process
     * @param observer told what every request brought
     * @param letters keeps what cannot be taken
     */
    public LineageHandler(
            Broker broker,
            WorkflowNames names,
            StoredAttempts attempts,
            Redactor redactor,
            PublishLimit rate,
            IngestObserver observer,
            DeadLetters letters,
            Clock clock) {
        this.shared =
                new LineageIntake.Shared(
                        broker,
                        new Translator(names),
                        new Family(names, attempts),
                        redactor,
                        clock);
        this.rate = rate;
        this.observer = observer;
        this.letters = letters;
    }

    /**
     * The run of ours, and the task of it, that a run of OpenLineage is; null when nothing was
     * heard of it of late.
     *
     * @param teller who told of it
     * @param run its id
     */
    public @Nullable Subject known(String teller, String run) {
        Place place = shared.family().known(teller, run);
        return place == null ? null : place.subject();
    }

    /** The same for events that come some other way; what one way heard of a run, all know. */
    public LineageMessages messages() {
        return new LineageMessages(shared);
    }

    /** Takes the events of a request. */
    public void handle(ServerRequest request, ServerResponse response) {
        Caller caller = Caller.of(request);
        checkRate(caller);
        UnpackedBody body = UnpackedBody.of(request, MOST_BYTES);
        var check = new PublishCheck(caller, shared.clock(), shared.broker()::admits);
        var outcome = new LineageOutcome();
        LetterBox refused = LetterBox.of(letters, request);
        var intake = new LineageIntake(caller.name(), check, shared, outcome, refused::keep);
        HttpProblem broken;
        try {
            broken = read(body, check, intake, outcome);
            if (broken != null && broken.status() == 400) {
                refused.keep(broken.detail(), body.head());
            }
            intake.flush();
        } finally {
            var _ = rate.take(caller, (int) outcome.received(), body.total()); // the next one waits
            observer.ingested(intake.stored(), outcome.counts());
        }
        answer(request, response, broken, outcome);
    }

    /** Why the body cannot be read to its end; null when it can. */
    private static @Nullable HttpProblem read(
            UnpackedBody body, PublishCheck check, LineageIntake intake, LineageOutcome outcome) {
        try (DocumentReader reader = new DocumentReader(body)) {
            for (boolean more = true; more; ) {
                check.alive();
                more = one(reader, intake, outcome);
            }
            return null;
        } catch (JsonProcessingException e) {
            outcome.fail(outcome.next(), Rejection.MALFORMED, notJson(e));
            return new HttpProblem(400, "Bad request", notJson(e));
        } catch (HttpProblem e) {
            return e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the body fails otherwise: only a programming error
        }
    }

    private static boolean one(DocumentReader reader, LineageIntake intake, LineageOutcome outcome)
            throws IOException {
        try {
            Document document = reader.next();
            if (document == null) {
                return false;
            }
            intake.take(outcome.next(), document);
        } catch (LineageException e) {
            outcome.fail(outcome.next(), Rejection.MALFORMED, String.valueOf(e.getMessage()));
        }
        return true;
    }

    static String notJson(JsonProcessingException e) {
        String reason = e.getOriginalMessage().replaceAll("\\p{Cntrl}+", " ").strip();
        return "The body is not valid JSON: "
                + (reason.length() > 160 ? reason.substring(0, 160) + "…" : reason)
                + ".";
    }

    private void checkRate(Caller caller) {
        try {
            rate.check(caller);
        } catch (HttpProblem e) {
            throw e.status() == 429 ? new HttpProblem(503, "Busy", e.detail()) : e;
        }
    }

    private static void answer(
            ServerRequest request,
            ServerResponse response,
            @Nullable HttpProblem broken,
            LineageOutcome outcome) {
        if (broken != null) {
            Problems.send(request, response, broken, outcome::write);
        } else if (outcome.received() == 0) {
            throw new HttpProblem(
                    400,
                    "Bad request",
                    "There is no event in the body: send a JSON object or an array of them.");
        } else if (outcome.successful() == 0) {
            var problem =
                    new HttpProblem(
                            outcome.forbidden() ? 403 : 400,
                            outcome.forbidden() ? "Forbidden" : "Nothing accepted",
                            outcome.firstReason());
            Problems.send(request, response, problem, outcome::write);
        } else {
            response.header(HeaderNames.CONTENT_TYPE, "application/json")
                    .send(Json.object(outcome::write));
        }
    }
}
