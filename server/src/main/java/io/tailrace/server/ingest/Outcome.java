package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What became of a request's events so far. Confined to the request's thread. */
final class Outcome {

    /** So many rejected lines are listed; all are counted. */
    static final int LISTED = 100;

    private record Rejected(long line, String reason) {}

    private final List<Rejected> rejected = new ArrayList<>();
    private long rejections;
    private long forbidden;

    void reject(long line, String reason) {
        rejections++;
        if (rejected.size() < LISTED) {
            rejected.add(new Rejected(line, reason));
        }
    }

    /** Rejects a line that the caller may not publish. */
    void forbid(long line, String reason) {
        forbidden++;
        reject(line, reason);
    }

    /** Whether there was nothing but what the caller may not publish. */
    boolean forbidden() {
        return forbidden > 0 && forbidden == rejections;
    }

    long rejections() {
        return rejections;
    }

    /** Why the first line was rejected. */
    String firstReason() {
        return rejected.isEmpty() ? "" : rejected.getFirst().reason();
    }

    /** Writes the members of the reply. */
    void write(JsonGenerator json, long accepted, @Nullable Cursor cursor) throws IOException {
        json.writeNumberField("accepted", accepted);
        json.writeArrayFieldStart("rejected");
        for (Rejected each : rejected) {
            json.writeStartObject();
            json.writeNumberField("line", each.line());
            json.writeStringField("reason", each.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("rejected_count", rejections);
        if (cursor != null) {
            json.writeStringField("cursor", cursor.toString());
        }
    }
}
