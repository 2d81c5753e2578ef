package io.tailrace.server.deadletter;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Parameters;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /api/dead-letters}: list, look, send again, delete. Admins see all, everybody else what
 * they sent themselves. Thread-safe.
 */
public final class DeadLetterHandler {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int WINDOW = 200;

    private final DeadLetters letters;
    private final Redrive redrive;

    /** Shows those. */
    public DeadLetterHandler(DeadLetters letters, Redrive redrive) {
        this.letters = letters;
        this.redrive = redrive;
    }

    /** A page, oldest first, without the bodies. */
    public void list(ServerRequest request, ServerResponse response) {
        Parameters.known(request, "after", "limit");
        Caller caller = Caller.of(request);
        long after = Parameters.number(request, "after", 0, Long.MAX_VALUE, 0);
        int limit = Parameters.number(request, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<DeadLetter> page = new ArrayList<>();
        List<DeadLetter> window = letters.after(after, WINDOW);
        while (!window.isEmpty() && page.size() < limit) {
            for (DeadLetter letter : window) {
                if (page.size() < limit && sees(caller, letter)) {
                    page.add(letter);
                }
            }
            window = letters.after(window.getLast().id(), WINDOW);
        }
        Answers.json(
                request,
                response,
                Json.object(json -> {
                    Json.objects(json, "dead_letters", page, LetterCodec::members);
                    if (!page.isEmpty()) {
                        json.writeNumberField("next", page.getLast().id());
                    }
                }));
    }

    /** One with its body. */
    public void one(ServerRequest request, ServerResponse response) {
        DeadLetter letter = letter(request);
        Answers.json(
                request,
                response,
                Json.object(json -> {
                    LetterCodec.members(json, letter);
                    LetterCodec.body(json, letter);
                }));
    }

    /** Sends one again; it goes when that works. */
    public void again(ServerRequest request, ServerResponse response) throws InterruptedException {
        DeadLetter letter = letter(request);
        if (letter.cut()) {
            throw new HttpProblem(
                    409,
                    "Not complete",
                    "Only the beginning of this letter is kept, so it cannot be sent again.");
        }
        String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        HttpResponse<String> said = redrive.send(letter, authorization);
        boolean taken = Redrive.taken(said.statusCode(), said.body());
        if (taken) {
            var _ = letters.delete(letter.id());
        } else {
            letters.failedAgain(letter.id());
        }
        response.status(taken ? Status.OK_200 : Status.create(422));
        Answers.json(
                request,
                response,
                Json.object(json -> {
                    json.writeBooleanField("taken", taken);
                    json.writeNumberField("status", said.statusCode());
                    json.writeStringField("reply", said.body());
                }));
    }

    /** Deletes one. */
    public void delete(ServerRequest request, ServerResponse response) {
        var _ = letters.delete(letter(request).id());
        response.status(Status.NO_CONTENT_204).send();
    }

    /** Deletes all that the caller sees. */
    public void purge(ServerRequest request, ServerResponse response) {
        Parameters.known(request); // nobody deletes more than he meant
        Caller caller = Caller.of(request);
        long purged = 0;
        for (long id : letters.ids()) {
            boolean his = letters.get(id).filter(letter -> sees(caller, letter)).isPresent();
            purged += his && letters.delete(id) ? 1 : 0;
        }
        long count = purged;
        Answers.json(
                request, response, Json.object(json -> json.writeNumberField("deleted", count)));
    }

    private static boolean sees(Caller caller, DeadLetter letter) {
        return caller.admin() || caller.name().equals(letter.source().principal());
    }

    private DeadLetter letter(ServerRequest request) {
        String id = request.path().pathParameters().get("id");
        try {
            return letters.get(Long.parseLong(id))
                    .filter(letter -> sees(Caller.of(request), letter))
                    .orElseThrow(DeadLetterHandler::nothing);
        } catch (NumberFormatException e) {
            throw nothing();
        }
    }

    private static HttpProblem nothing() {
        return new HttpProblem(
                404,
                "Not found",
                "There is no dead letter with this id: it was sent again, deleted or pushed out by"
                        + " newer ones.");
    }
}
