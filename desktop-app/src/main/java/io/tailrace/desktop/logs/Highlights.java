package io.tailrace.desktop.logs;

import java.util.ArrayList;
import java.util.List;

/** Texts that stand out wherever they are, each in a colour of its own. FX thread. */
public final class Highlights {

    /** So many at a time. */
    public static final int MOST = 6;

    private final List<FindQuery> queries = new ArrayList<>();

    /** Adds a text, or removes it when it is one of them; the oldest gives way to a seventh. */
    public void toggle(FindQuery query) {
        if (!queries.remove(query) && !query.isEmpty() && query.problem().isEmpty()) {
            queries.add(query);
            if (queries.size() > MOST) {
                queries.removeFirst();
            }
        }
    }

    /** Removes all. */
    public void clear() {
        queries.clear();
    }

    /** The texts, the first colour first. */
    public List<FindQuery> all() {
        return List.copyOf(queries);
    }
}
