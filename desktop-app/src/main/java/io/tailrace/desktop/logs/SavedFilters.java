package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Filters under names. A saved filter has no run: it is for every run. FX thread. */
public final class SavedFilters {

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 60;

    private final Map<String, LineFilter> filters = new TreeMap<>();

    /** Keeps a filter under a name; one with the same name is replaced. */
    public void put(String name, LineFilter filter) {
        String kept = name.strip();
        kept = kept.length() <= LONGEST_NAME ? kept : kept.substring(0, LONGEST_NAME);
        if (!kept.isEmpty() && (filters.size() < MOST || filters.containsKey(kept))) {
            filters.put(kept, filter.withRun(null).withTask(filter.task()));
        }
    }

    /** Forgets a filter. */
    public void remove(String name) {
        filters.remove(name);
    }

    /** The filter of a name. */
    public Optional<LineFilter> get(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    /** All filters by name. */
    public Map<String, LineFilter> all() {
        return Collections.unmodifiableMap(filters);
    }

    /** As JSON. */
    public JsonNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        filters.forEach((name, filter) -> node.set(name, FilterJson.write(filter)));
        return node;
    }

    /** Takes what {@link #json} wrote. */
    public void restore(JsonNode json) {
        json.properties().forEach(one -> put(one.getKey(), FilterJson.read(one.getValue())));
    }
}
