package io.tailrace.server.stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Start;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.JsonRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code PUT} and {@code PATCH /api/sse/session/{session}/channels}: other channels for the open
 * streams of a session, without a new connection. Thread-safe.
 */
public final class ChangeHandler {

    private static final int LONGEST_CURSOR = 200;

    private final StreamContext context;

    /** Changes streams there. */
    public ChangeHandler(StreamContext context) {
        this.context = context;
    }

    /** Carries exactly these. */
    public byte[] replace(ServerRequest request, byte[] body) {
        JsonRequest asked = JsonRequest.read(body);
        List<ChannelPattern> wanted = List.copyOf(patterns(asked, "channels"));
        return change(request, asked, _ -> wanted);
    }

    /** Carries more, or less. */
    public byte[] amend(ServerRequest request, byte[] body) {
        JsonRequest asked = JsonRequest.read(body);
        Set<ChannelPattern> added = patterns(asked, "add");
        Set<ChannelPattern> removed = patterns(asked, "remove");
        if (added.isEmpty() && removed.isEmpty()) {
            throw JsonRequest.bad("Nothing changes: name channels in 'add' or 'remove'.");
        }
        return change(
                request,
                asked,
                stream -> {
                    Set<ChannelPattern> patterns = new LinkedHashSet<>(stream.patterns());
                    patterns.removeAll(removed);
                    patterns.addAll(added);
                    return List.copyOf(patterns);
                });
    }

    private interface Rule {
        List<ChannelPattern> patterns(Session stream);
    }

    /** One after the other: each begins with what the one before has left. */
    private synchronized byte[] change(ServerRequest request, JsonRequest asked, Rule rule) {
        String id = SessionRequest.checkedId(request.path().pathParameters().get("session"));
        Start start = start(asked);
        // All are looked at before the first is changed.
        Map<Session, List<ChannelPattern>> changes = new LinkedHashMap<>();
        Set<ChannelPattern> carried = new LinkedHashSet<>();
        for (Session stream : streams(id, Caller.of(request))) {
            List<ChannelPattern> patterns = rule.patterns(stream);
            check(patterns, stream);
            changes.put(stream, patterns);
            carried.addAll(patterns);
        }
        changes.forEach((stream, patterns) -> stream.change(patterns, start));
        return Json.object(json -> {
            json.writeStringField("session", id);
            json.writeNumberField("streams", changes.size());
            json.writeArrayFieldStart("channels");
            for (ChannelPattern pattern : carried) {
                json.writeString(pattern.toString());
            }
            json.writeEndArray();
        });
    }

    private List<Session> streams(String id, Caller caller) {
        List<Session> streams = context.registry().streams(id);
        if (streams.isEmpty()) {
            throw new HttpProblem(
                    404,
                    "Not found",
                    "Session '%s' has no open stream: open one first, with these channels."
                            .formatted(id));
        }
        if (!streams.stream().allMatch(stream -> stream.belongsTo(caller))) {
            throw new HttpProblem(
                    403,
                    "Forbidden",
                    "Session '%s' belongs to somebody else: change your own.".formatted(id));
        }
        return streams;
    }

    private void check(List<ChannelPattern> patterns, Session stream) {
        if (patterns.isEmpty()) {
            throw JsonRequest.bad("A stream carries at least one channel: name one, or close it.");
        }
        Patterns.limit(patterns);
        context.check(patterns, stream.caller());
    }

    private static Set<ChannelPattern> patterns(JsonRequest asked, String name) {
        JsonNode node = asked.body().get(name);
        List<String> texts = new ArrayList<>();
        if (node != null && !node.isNull()) {
            boolean fine = node.isArray();
            for (JsonNode each : node) {
                fine &= each.isTextual();
                texts.add(each.asText());
            }
            if (!fine) {
                throw JsonRequest.bad("Field '" + name + "' must be an array of texts.");
            }
        }
        return Patterns.parse(texts);
    }

    /** Where channels begin that were not carried so far. */
    private Start start(JsonRequest asked) {
        String after = asked.text("after", LONGEST_CURSOR);
        long tail = tail(asked.body().get("tail"));
        if (after == null) {
            return context.now(tail);
        }
        try {
            return new Start.After(Cursor.parse(after));
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    private static long tail(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return 0;
        }
        long tail = node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
        if (tail < 0 || tail > SessionRequest.MAX_TAIL) {
            throw JsonRequest.bad(
                    "Field 'tail' must be a whole number from 0 to %d."
                            .formatted(SessionRequest.MAX_TAIL));
        }
        return tail;
    }
}
