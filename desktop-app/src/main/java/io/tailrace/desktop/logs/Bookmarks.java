package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tailrace.model.Cursor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lines that somebody marked, with notes; they outlive the lines. FX thread. */
public final class Bookmarks {

    /** So many are kept; then the oldest give way. */
    static final int MOST = 1000;

    private static final int LONGEST_NOTE = 2000;

    private final Map<Cursor, String> notes = new LinkedHashMap<>();
    private Runnable changed = () -> {};

    /** Calls that whenever a line is marked or no longer so. */
    void onMarks(Runnable call) {
        changed = call;
    }

    /** Marks a line, or changes its note. */
    public void put(Cursor line, String note) {
        String kept = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE);
        boolean fresh = notes.put(line, kept) == null;
        if (notes.size() > MOST) {
            notes.remove(notes.keySet().iterator().next());
        }
        if (fresh) {
            changed.run();
        }
    }

    /** Removes a mark. */
    public void remove(Cursor line) {
        if (notes.remove(line) != null) {
            changed.run();
        }
    }

    /** The note of a line; empty when it is not marked. */
    public Optional<String> note(Cursor line) {
        return Optional.ofNullable(notes.get(line));
    }

    /** All marks with their notes, in the order they were made. */
    public Map<Cursor, String> all() {
        return Collections.unmodifiableMap(notes);
    }

    /** The marked lines that are held, ascending. */
    List<Long> lines(LogStore store) {
        List<Long> lines = new ArrayList<>();
        notes.keySet().forEach(cursor -> store.find(cursor).ifPresent(lines::add));
        Collections.sort(lines);
        return lines;
    }

    /** As JSON. */
    public JsonNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        notes.forEach(
                (line, note) -> all.addObject().put("line", line.toString()).put("note", note));
        return all;
    }

    /** Takes what {@link #json} wrote; what cannot be read is left out. */
    public void restore(JsonNode json) {
        for (JsonNode one : json) {
            try {
                put(Cursor.parse(one.path("line").asText()), one.path("note").asText());
            } catch (IllegalArgumentException e) {
                // written by another version
            }
        }
    }
}
