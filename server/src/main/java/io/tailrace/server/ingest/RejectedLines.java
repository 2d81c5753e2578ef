package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tailrace.server.http.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What of a request was rejected, for its answer: the first hundred. Confined to one thread. */
public final class RejectedLines {

    private static final int LISTED = 100;

    private record Rejected(long line, String reason) {}

    private final List<Rejected> listed = new ArrayList<>();

    /** None yet. */
    public RejectedLines() {}

    /** Notes one; more than are listed are passed over. */
    public void add(long line, String reason) {
        if (listed.size() < LISTED) {
            listed.add(new Rejected(line, reason));
        }
    }

    /** Why the first was rejected; empty when none was. */
    public String firstReason() {
        return listed.isEmpty() ? "" : listed.getFirst().reason();
    }

    /**
     * Writes the members of an answer.
     *
     * @param all how many were rejected, those included that are not listed
     */
    public void write(JsonGenerator json, long accepted, long all) throws IOException {
        json.writeNumberField("accepted", accepted);
        Json.objects(
                json,
                "rejected",
                listed,
                (out, each) -> {
                    out.writeNumberField("line", each.line());
                    out.writeStringField("reason", each.reason());
                });
        json.writeNumberField("rejected_count", all);
    }
}
