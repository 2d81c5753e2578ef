package io.tailrace.server.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.JsonRequest;
import io.tailrace.wire.RunCodec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The answers of {@code GET /api/runs…}, as bytes of JSON. Any thread. */
public final class RunQueries {

    /** How many runs a list has when nobody says. */
    public static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final RunProjection projection;

    /** Answers from that projection. */
    public RunQueries(RunProjection projection) {
        this.projection = projection;
    }

    /**
     * The newest runs that the caller may see, as {@code {"cursor":…,"runs":[…]}}.
     *
     * @param workspace only of that workspace, or null
     * @param workflow only of that workflow, or null
     * @param status only in that state, by its wire name, or null
     * @param limit at most so many, 1 to 1,000, or null
     * @throws HttpProblem 400 with a sentence when a filter cannot be understood
     */
    public byte[] list(
            Caller caller,
            @Nullable String workspace,
            @Nullable String workflow,
            @Nullable String status,
            @Nullable String limit) {
        RunStatus wanted = status == null ? null : status(status);
        int most = limit == null ? DEFAULT_LIMIT : limit(limit);
        RunsSnapshot snapshot = projection.snapshot();
        List<RunState> runs =
                snapshot.runs().stream()
                        .filter(r -> workspace == null || r.key().workspace().equals(workspace))
                        .filter(r -> workflow == null || r.key().workflow().equals(workflow))
                        .filter(r -> visible(caller, r.key()))
                        .filter(r -> wanted == null || r.status() == wanted)
                        .limit(most)
                        .toList();
        return json(out -> {
            out.writeStartObject();
            out.writeStringField(
                    "cursor", new Cursor(projection.epoch(), snapshot.position()).toString());
            out.writeFieldName("runs");
            RunCodec.write(out, runs);
            out.writeEndObject();
        });
    }

    /**
     * One run.
     *
     * @throws HttpProblem 403 when the caller may not see it, 404 when it is not known
     */
    public byte[] one(Caller caller, RunKey key) {
        Channel channel = channel(key).orElseThrow(() -> unknown(key.toString()));
        caller.require(Permission.SUBSCRIBE, channel);
        RunState run = projection.snapshot().run(key).orElseThrow(() -> unknown(key.toString()));
        return json(out -> RunCodec.write(out, run));
    }

    /**
     * One run by its id alone, among those that the caller may see.
     *
     * @throws HttpProblem 404 when it is not known, 409 when several workflows have such a run
     */
    public byte[] one(Caller caller, String run) {
        List<RunState> found =
                projection.snapshot().runs().stream()
                        .filter(r -> r.key().run().equals(run))
                        .filter(r -> visible(caller, r.key()))
                        .toList();
        if (found.isEmpty()) {
            throw unknown(run);
        }
        if (found.size() > 1) {
            String keys =
                    String.join(
                            ", ", found.stream().limit(5).map(r -> r.key().toString()).toList());
            throw new HttpProblem(
                    409,
                    "Ambiguous",
                    "%d runs have that id. Ask for one of them: %s.".formatted(found.size(), keys));
        }
        return json(out -> RunCodec.write(out, found.getFirst()));
    }

    private static boolean visible(Caller caller, RunKey key) {
        return channel(key).filter(c -> caller.may(Permission.SUBSCRIBE, c)).isPresent();
    }

    private static Optional<Channel> channel(RunKey key) {
        try {
            return Optional.of(Channel.runs(key.workspace(), key.workflow()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no run can have such a name
        }
    }

    private static RunStatus status(String text) {
        return RunStatus.ofWireName(text)
                .orElseThrow(() ->
                        JsonRequest.bad(
                                "'status' must be one of %s."
                                        .formatted(
                                                String.join(
                                                        ", ",
                                                        Stream.of(RunStatus.values())
                                                                .map(RunStatus::wireName)
                                                                .toList()))));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw JsonRequest.bad("'limit' must be a whole number from 1 to 1000.");
    }

    private static HttpProblem unknown(String run) {
        String shown = run.length() > 100 ? run.substring(0, 100) + "…" : run;
        return new HttpProblem(
                404,
                "Not found",
                "There is no run '%s'. GET /api/runs lists those that are known.".formatted(shown));
    }

    private static byte[] json(Body body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator out = JSON.createGenerator(bytes)) {
            body.write(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }
}
