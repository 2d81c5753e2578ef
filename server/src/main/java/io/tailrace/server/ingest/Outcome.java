package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** What became of a request's events so far. Confined to the request's thread. */
final class Outcome {

    private final RejectedLines rejected = new RejectedLines();
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private long rejections;

    void reject(long line, Rejection why, String reason) {
        rejections++;
        counts.merge(why, 1L, Long::sum);
        rejected.add(line, reason);
    }

    /** Rejects a line that the caller may not publish. */
    void forbid(long line, String reason) {
        reject(line, Rejection.DENIED, reason);
    }

    /** Whether there was nothing but what the caller may not publish. */
    boolean forbidden() {
        return rejections > 0 && counts.getOrDefault(Rejection.DENIED, 0L) == rejections;
    }

    long rejections() {
        return rejections;
    }

    Map<Rejection, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Why the first line was rejected. */
    String firstReason() {
        return rejected.firstReason();
    }

    /** Writes the members of the reply. */
    void write(JsonGenerator json, long accepted, @Nullable Cursor cursor) throws IOException {
        rejected.write(json, accepted, rejections);
        if (cursor != null) {
            json.writeStringField("cursor", cursor.toString());
        }
    }
}
