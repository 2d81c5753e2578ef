package io.tailrace.server.ops;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Cursor;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.Json;
import io.tailrace.server.stream.SessionInfo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code GET /api/status} and {@code GET /api/sessions}: how the gateway is, and who reads what how
 * far behind. Thread-safe.
 */
public final class StatusHandler {

    /**
     * How the gateway is at this moment.
     *
     * @param version of the program
     * @param started when
     * @param now the time
     * @param newest the newest position, with the log's epoch
     * @param notReady why no work should be sent here
     * @param access who may use it
     * @param publishRate events a second
     * @param lag of each class of channels that somebody reads
     * @param numbers everything that can be counted, by area and name
     */
    public record Status(
            String version,
            Instant started,
            Instant now,
            Cursor newest,
            List<String> notReady,
            String access,
            double publishRate,
            Map<Lags.ChannelClass, Lags.Lag> lag,
            Map<String, Map<String, Long>> numbers) {

        /** Copies. */
        public Status {
            notReady = List.copyOf(notReady);
            lag = Map.copyOf(lag);
        }
    }

    private final Supplier<Status> status;
    private final Supplier<List<SessionInfo>> sessions;

    /** Asks for both whenever it is asked. */
    public StatusHandler(Supplier<Status> status, Supplier<List<SessionInfo>> sessions) {
        this.status = status;
        this.sessions = sessions;
    }

    /** How the gateway is. */
    public void status(ServerRequest request, ServerResponse response) {
        Status now = status.get();
        Answers.json(request, response, Json.object(json -> write(json, now)));
    }

    private static void write(JsonGenerator json, Status status) throws IOException {
        json.writeStringField("version", status.version());
        json.writeStringField("started", status.started().toString());
        json.writeNumberField(
                "uptime_seconds", Duration.between(status.started(), status.now()).toSeconds());
        json.writeBooleanField("ready", status.notReady().isEmpty());
        json.writeArrayFieldStart("not_ready");
        for (String reason : status.notReady()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeStringField("access", status.access());
        json.writeStringField("epoch", status.newest().epoch());
        json.writeStringField("cursor", status.newest().toString());
        json.writeNumberField("published_per_second", status.publishRate());
        json.writeObjectFieldStart("lag");
        for (Lags.ChannelClass each : Lags.ChannelClass.values()) {
            Lags.Lag lag = status.lag().get(each);
            if (lag != null) {
                json.writeObjectFieldStart(each.word());
                lag(json, lag);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        for (var area : status.numbers().entrySet()) {
            json.writeObjectFieldStart(area.getKey());
            for (var number : area.getValue().entrySet()) {
                json.writeNumberField(number.getKey(), number.getValue());
            }
            json.writeEndObject();
        }
    }

    private static void lag(JsonGenerator json, Lags.Lag lag) throws IOException {
        json.writeNumberField("entries", lag.entries());
        json.writeNumberField("seconds", lag.time().toMillis() / 1_000.0);
    }

    /** The open streams. */
    public void sessions(ServerRequest request, ServerResponse response) {
        List<SessionInfo> open = sessions.get();
        Answers.json(
                request,
                response,
                Json.object(json -> Json.objects(json, "sessions", open, StatusHandler::session)));
    }

    private static void session(JsonGenerator json, SessionInfo info) throws IOException {
        json.writeStringField("session", info.id());
        json.writeArrayFieldStart("channels");
        for (String channel : info.channels()) {
            json.writeString(channel);
        }
        json.writeEndArray();
        json.writeStringField("started", info.started().toString());
        json.writeStringField("cursor", info.position().toString());
        json.writeStringField("caller", info.caller());
        json.writeStringField("transport", info.transport());
        json.writeNumberField("lag", info.lag());
        json.writeNumberField("lag_seconds", info.age().toMillis() / 1_000.0);
        json.writeNumberField("conflated", info.conflated());
        json.writeNumberField("bytes", info.bytes());
    }
}
