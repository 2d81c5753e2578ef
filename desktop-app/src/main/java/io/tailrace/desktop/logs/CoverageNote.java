package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/** What a console has of each channel, noted beside its lines for the next one. FX thread. */
final class CoverageNote {

    private CoverageNote() {}

    /** Takes what an earlier console noted; answers of which epoch, null when there is nothing. */
    static @Nullable String read(LogStore store, Coverage coverage) {
        JsonNode note = store.keeper().note();
        String last = store.keys().epoch();
        if (note == null || last.isEmpty() || !note.path("epoch").asText().equals(last)) {
            return null;
        }
        try {
            coverage.restore(note.path("ranges"));
            return last;
        } catch (IllegalArgumentException e) {
            return null; // not ours: everything older is asked for again
        }
    }

    /** Writes it when run, on any thread. */
    static Runnable of(LogStore store, String epoch, Coverage coverage) {
        ObjectNode note = JsonNodeFactory.instance.objectNode();
        note.put("epoch", epoch);
        note.set("ranges", coverage.tree());
        return () -> store.keeper().note(note);
    }
}
