package io.tailrace.desktop;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries that are no log lines, so that a click on what was made of them can show them; the oldest
 * give way. FX thread only.
 */
final class Facts {

    private static final int MAX_ENTRIES = 20_000;

    private final Map<Cursor, Entry> kept = new LinkedHashMap<>();

    void keep(Entry entry) {
        kept.put(entry.cursor(), entry);
        if (kept.size() > MAX_ENTRIES) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    Optional<Entry> find(Cursor cursor) {
        return Optional.ofNullable(kept.get(cursor));
    }
}
