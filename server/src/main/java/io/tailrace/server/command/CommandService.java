package io.tailrace.server.command;

import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.JsonRequest;
import io.tailrace.server.runs.RunsSnapshot;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes requests to change a run and publishes those that make sense for the state it is in. The
 * pipeline answers with status events; whether it obeys is its own decision.
 *
 * <p>Any thread; a call blocks until the command is stored.
 */
public final class CommandService {

    private static final int MAX_NAME = 256;
    private static final int MAX_MESSAGE = 1_000;

    private final Supplier<RunsSnapshot> runs;
    private final Function<Event, Cursor> publish;
    private final InstantSource clock;

    /**
     * A service over those runs.
     *
     * @param runs where they stand
     * @param publish stores an event and says where; blocks until it is durable
     */
    public CommandService(
            Supplier<RunsSnapshot> runs, Function<Event, Cursor> publish, InstantSource clock) {
        this.runs = runs;
        this.publish = publish;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /api/commands}: the body of a 202.
     *
     * @throws HttpProblem 400 when the request cannot be understood, 403 when the caller may not
     *     command the workflow's runs, 404 when the run is not known, 409 when the verb makes no
     *     sense for its state
     */
    public byte[] submit(Caller caller, byte[] body) {
        JsonRequest request = JsonRequest.read(body);
        RunKey key =
                new RunKey(
                        request.required("workspace", MAX_NAME),
                        request.required("workflow", MAX_NAME),
                        request.required("run", MAX_NAME));
        CommandVerb verb =
                CommandVerb.ofWireName(request.required("verb", 20))
                        .orElseThrow(() ->
                                JsonRequest.bad(
                                        "Field 'verb' must be cancel, pause, resume or retry."));
        Accepted accepted = submit(caller, key, verb, request.text("message", MAX_MESSAGE));
        return "{\"command\":\"%s\",\"cursor\":\"%s\"}"
                .formatted(accepted.command(), accepted.cursor())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Publishes a command, with the caller's name as {@code user}.
     *
     * @param message why, for the audit and the pipeline
     * @throws HttpProblem 403 when he may not, 404 when the run is not known, 409 when the verb
     *     makes no sense for its state
     */
    public Accepted submit(Caller caller, RunKey key, CommandVerb verb, @Nullable String message) {
        Channel channel = channel(key);
        caller.require(Permission.COMMAND, channel);
        RunState run = runs.get().run(key).orElseThrow(() -> unknown(key));
        String objection = objection(verb, run.status());
        if (objection != null) {
            throw new HttpProblem(
                    409, "Not possible now", "Run '%s' %s".formatted(key.run(), objection));
        }
        String id = UUID.randomUUID().toString();
        Header header =
                Header.of(
                                channel,
                                clock.instant(),
                                Subject.ofRun(key.workspace(), key.workflow(), key.run()))
                        .withFields(Map.of("user", caller.name()));
        Cursor cursor = publish.apply(new Event.Command(header, id, verb, message));
        return new Accepted(id, Objects.requireNonNull(cursor));
    }

    private static Channel channel(RunKey key) {
        try {
            return Channel.commands(key.workspace(), key.workflow());
        } catch (IllegalArgumentException e) {
            throw unknown(key); // no run can have such a name
        }
    }

    private static HttpProblem unknown(RunKey key) {
        return new HttpProblem(
                404,
                "Not found",
                "There is no run '%s'. GET /api/runs lists those that are known.".formatted(key));
    }

    private static @Nullable String objection(CommandVerb verb, RunStatus status) {
        return switch (status) {
            case RUNNING ->
                    switch (verb) {
                        case CANCEL, PAUSE -> null;
                        case RESUME -> "is not paused: there is nothing to resume.";
                        case RETRY -> "is still going: cancel it or wait for its end to retry it.";
                    };
            case PAUSED ->
                    switch (verb) {
                        case CANCEL, RESUME -> null;
                        case PAUSE -> "is paused already.";
                        case RETRY -> "is paused: resume or cancel it before you retry it.";
                    };
            case SUCCEEDED, FAILED, CANCELLED ->
                    verb == CommandVerb.RETRY
                            ? null
                            : "has %s already: there is nothing to %s. A retry starts it anew."
                                    .formatted(
                                            status == RunStatus.CANCELLED
                                                    ? "been cancelled"
                                                    : status.wireName(),
                                            verb.wireName());
        };
    }

    /**
     * A command that is on its way.
     *
     * @param command its id, which the pipeline's answers repeat
     * @param cursor where it is in the log
     */
    public record Accepted(String command, Cursor cursor) {}
}
