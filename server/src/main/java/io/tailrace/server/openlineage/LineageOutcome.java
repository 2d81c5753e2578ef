package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tailrace.server.ingest.Rejection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the events of one request. Confined to the request's thread. */
final class LineageOutcome {

    private static final int LISTED = 100;

    private record Failed(long index, String reason) {}

    private final List<Failed> failed = new ArrayList<>();
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private long received;
    private long failures;

    /** One more came; its place in the body, from 0. */
    long next() {
        return received++;
    }

    void fail(long index, Rejection why, String reason) {
        failures++;
        counts.merge(why, 1L, Long::sum);
        if (failed.size() < LISTED) {
            failed.add(new Failed(index, reason));
        }
    }

    long received() {
        return received;
    }

    long successful() {
        return received - failures;
    }

    /** Whether there was nothing but what the caller may not publish. */
    boolean forbidden() {
        return failures > 0 && counts.getOrDefault(Rejection.DENIED, 0L) == failures;
    }

    Map<Rejection, Long> counts() {
        return Map.copyOf(counts);
    }

    String firstReason() {
        return failed.isEmpty() ? "" : failed.getFirst().reason();
    }

    /** The members of the reply, as OpenLineage's own interface has them. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("status", failures == 0 ? "success" : "partial_success");
        json.writeObjectFieldStart("summary");
        json.writeNumberField("received", received);
        json.writeNumberField("successful", successful());
        json.writeNumberField("failed", failures);
        json.writeNumberField("retriable", 0);
        json.writeNumberField("non_retriable", failures);
        json.writeEndObject();
        json.writeArrayFieldStart("failed_events");
        for (Failed each : failed) {
            json.writeStartObject();
            json.writeNumberField("index", each.index());
            json.writeStringField("reason", each.reason());
            json.writeBooleanField("retriable", false);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
