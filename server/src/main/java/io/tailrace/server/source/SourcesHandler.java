package io.tailrace.server.source;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.Json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code GET /api/sources}: how each source is. Thread-safe. */
public final class SourcesHandler {

    private static final int MOST_PARTS = 1_000;

    private final Supplier<List<SourceStatus>> statuses;

    /** Asks whenever it is asked. */
    public SourcesHandler(Supplier<List<SourceStatus>> statuses) {
        this.statuses = statuses;
    }

    /** All of them. */
    public void list(ServerRequest request, ServerResponse response) {
        List<SourceStatus> now = statuses.get();
        Answers.json(
                request,
                response,
                Json.object(json -> Json.objects(json, "sources", now, SourcesHandler::write)));
    }

    private static void write(JsonGenerator json, SourceStatus status) throws IOException {
        json.writeStringField("name", status.name());
        json.writeStringField("type", status.type());
        json.writeStringField("state", status.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("since", status.since().toString());
        json.writeNumberField("events", status.events());
        json.writeNumberField("rejected", status.rejected());
        json.writeNumberField("failures", status.failures());
        if (status.retry() != null) {
            json.writeStringField("retry", status.retry().toString());
        }
        if (status.problem() != null) {
            json.writeStringField("problem", status.problem());
        }
        List<SourcePart> parts = status.parts();
        json.writeNumberField("parts_count", parts.size());
        Json.objects(
                json,
                "parts",
                parts.subList(0, Math.min(MOST_PARTS, parts.size())),
                SourcesHandler::write);
    }

    private static void write(JsonGenerator json, SourcePart part) throws IOException {
        json.writeStringField("name", part.name());
        json.writeStringField("position", part.position());
        if (part.end() != null) {
            json.writeStringField("end", part.end());
        }
        if (part.lag() != null) {
            json.writeNumberField("lag", part.lag());
        }
    }
}
