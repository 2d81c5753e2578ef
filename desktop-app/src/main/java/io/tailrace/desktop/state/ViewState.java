package io.tailrace.desktop.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one gateway was looked at: filters, what is pinned, acknowledged, bookmarked and noted, as
 * lists of texts under names such as {@code runs.filter}. Each pane knows its own names.
 *
 * @param values by name
 */
public record ViewState(Map<String, List<String>> values) {

    /** Nothing was ever set. */
    public static final ViewState FIRST = new ViewState(Map.of());

    private static final int MAX_NAMES = 200;
    private static final int MAX_TEXTS = 5_000;

    /** Copies; what is beyond all reason is left out. */
    public ViewState {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, texts) -> {
            if (copy.size() < MAX_NAMES) {
                copy.put(name, List.copyOf(texts.subList(0, Math.min(MAX_TEXTS, texts.size()))));
            }
        });
        values = Map.copyOf(copy);
    }

    /** The texts of a name; none when it was never set. */
    public List<String> list(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The one text of a name. */
    public String text(String name, String otherwise) {
        List<String> texts = list(name);
        return texts.isEmpty() ? otherwise : texts.getFirst();
    }

    /** The same with other texts of a name. */
    public ViewState with(String name, List<String> texts) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, texts);
        return new ViewState(more);
    }

    /** The same with another text of a name. */
    public ViewState with(String name, String text) {
        return with(name, List.of(text));
    }
}
