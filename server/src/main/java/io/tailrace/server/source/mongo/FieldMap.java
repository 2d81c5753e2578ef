package io.tailrace.server.source.mongo;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one of our events of a document whose fields have other names. What has no place in the
 * event stays with it as it is. Immutable.
 */
final class FieldMap {

    private static final String STATUS = "status";
    private static final Set<String> TEXTS =
            Set.of(
                    "kind",
                    "level",
                    "message",
                    "logger",
                    "workspace",
                    "workflow",
                    "run",
                    "task",
                    "step",
                    "error",
                    "name",
                    "unit");

    private final Map<String, List<String>> paths;

    /**
     * Ready.
     *
     * @param fields members of our events, and the path of what they are in a document
     */
    FieldMap(Map<String, String> fields) {
        this.paths =
                fields.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        field -> List.of(field.getValue().split("\\.", -1))));
    }

    /** Whether documents are taken as they are. */
    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** The event, as a document with our names. */
    BsonDocument event(BsonDocument document) {
        BsonDocument rest = new BsonDocument();
        document.forEach(rest::put);
        BsonDocument event = new BsonDocument();
        paths.forEach((member, path) -> {
            BsonValue value = find(document, path);
            if (value == null || value.isNull()) {
                return;
            }
            if (path.size() == 1) {
                rest.remove(path.getFirst());
            }
            if (!member.equals(STATUS)) {
                event.put(name(member), TEXTS.contains(member) ? text(value) : plain(value));
            }
        });
        rest.forEach((name, value) -> {
            if (!event.containsKey(name)) {
                event.put(name, value);
            }
        });
        if (!paths.containsKey("kind") || !event.containsKey("kind")) {
            List<String> status = paths.get(STATUS);
            kind(event, status == null ? null : find(document, status), document);
        }
        return event;
    }

    /** A value deep in a document; null when there is none. */
    static @Nullable BsonValue find(BsonDocument document, List<String> path) {
        BsonValue value = document;
        for (String step : path) {
            if (value == null || !value.isDocument()) {
                return null;
            }
            value = value.asDocument().get(step);
        }
        return value;
    }

    private static String name(String member) {
        return member.equals("time") ? "timestamp" : member;
    }

    private static BsonValue text(BsonValue value) {
        return value.isString() ? value : new BsonString(said(value));
    }

    /** A value as text, without quotation marks. */
    static String said(BsonValue value) {
        if (value.isString()) {
            return value.asString().getValue();
        }
        byte[] json = PlainJson.of(new BsonDocument("v", value));
        String text = new String(json, StandardCharsets.UTF_8);
        String inner = text.substring(text.indexOf(':') + 1, text.length() - 1).strip();
        boolean quoted = inner.length() > 1 && inner.startsWith("\"") && inner.endsWith("\"");
        return quoted ? inner.substring(1, inner.length() - 1) : inner;
    }

    /** Of an id the time that is in it. */
    private static BsonValue plain(BsonValue value) {
        if (!value.isObjectId()) {
            return value;
        }
        return new BsonString(String.valueOf(Values.time(value)));
    }

    private static void kind(
            BsonDocument event, @Nullable BsonValue status, BsonDocument document) {
        if (status != null && !status.isNull()) {
            stated(event, state(said(status)));
        } else if (event.containsKey("name") && event.containsKey("value")) {
            put(event, "kind", "metric");
        } else {
            put(event, "kind", "log");
            if (!event.containsKey("message")) {
                put(event, "message", new String(PlainJson.of(document), StandardCharsets.UTF_8));
            }
        }
    }

    /** Where a run or a task stands is told by the kind that says it. */
    private static void stated(BsonDocument event, String state) {
        boolean task = event.containsKey("task");
        boolean run = event.containsKey("run");
        boolean ends = Set.of("succeeded", "failed", "cancelled").contains(state);
        put(event, "state", state);
        if (!run && !task) {
            put(event, "kind", "status");
        } else if (!task && ends) {
            put(event, "kind", "workflow_complete");
        } else if (!task && state.equals("running")) {
            boolean further = event.containsKey("progress");
            put(event, "kind", further ? "workflow_progress" : "workflow_started");
        } else if (task && state.equals("succeeded")) {
            put(event, "kind", "complete");
        } else if (task && state.equals("running")) {
            put(event, "kind", "progress");
        } else if (task && (state.equals("failed") || state.equals("retrying"))) {
            put(event, "kind", "error");
            event.put("will_retry", BsonBoolean.valueOf(state.equals("retrying")));
            if (!event.containsKey("error")) {
                event.put("error", event.getOrDefault("message", new BsonString(state)));
            }
        } else {
            put(event, "kind", "status");
        }
    }

    /** Our word for what others call it. */
    private static String state(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return switch (lower) {
            case "started", "start", "in_progress", "active", "processing", "executing" ->
                    "running";
            case "pending", "queued", "scheduled", "created", "new", "ready" -> "waiting";
            case "success", "successful", "done", "completed", "complete", "finished", "ok" ->
                    "succeeded";
            case "failure", "error", "errored", "dead", "timeout", "timed_out" -> "failed";
            case "canceled", "aborted", "killed", "revoked", "stopped" -> "cancelled";
            case "retry" -> "retrying";
            default -> lower;
        };
    }

    private static void put(BsonDocument event, String name, String text) {
        event.put(name, new BsonString(text));
    }
}
