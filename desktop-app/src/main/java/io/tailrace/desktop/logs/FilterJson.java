package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Filters as JSON, for files and links. */
public final class FilterJson {

    private FilterJson() {}

    /** Writes a filter. */
    public static ObjectNode write(LineFilter filter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("level", filter.level().name());
        RunKey run = filter.run();
        if (run != null) {
            node.putArray("run").add(run.workspace()).add(run.workflow()).add(run.run());
        }
        node.put("task", filter.task());
        node.put("loose", filter.loose());
        node.put("workspace", filter.scope().workspace());
        node.put("workflow", filter.scope().workflow());
        node.put("attempt", filter.scope().attempt());
        node.put("source", filter.scope().source());
        if (!filter.time().isAll()) {
            node.put("from", filter.time().from());
            node.put("to", filter.time().to());
        }
        ArrayNode texts = node.putArray("texts");
        filter.texts()
                .forEach(text ->
                        texts.addObject()
                                .put("field", text.field())
                                .put("text", text.query().text())
                                .put("regex", text.query().regex())
                                .put("case", text.query().matchCase())
                                .put("without", text.without()));
        node.put("around", filter.around());
        node.put("facts", filter.facts());
        return node;
    }

    /** Reads a filter; what is missing or wrong takes its first value. */
    public static LineFilter read(JsonNode node) {
        LineFilter first = LineFilter.DEFAULT;
        List<TextCondition> texts = new ArrayList<>();
        for (JsonNode text : node.path("texts")) {
            FindQuery query =
                    new FindQuery(
                            text.path("text").asText(),
                            text.path("regex").asBoolean(),
                            text.path("case").asBoolean());
            if (!query.isEmpty() && query.problem().isEmpty()) {
                texts.add(
                        new TextCondition(
                                text.path("field").textValue(),
                                query,
                                text.path("without").asBoolean()));
            }
        }
        return new LineFilter(
                Level.parse(node.path("level").asText()).orElse(first.level()),
                run(node.path("run")),
                node.path("task").textValue(),
                node.path("loose").asBoolean(first.loose()),
                new LineScope(
                        node.path("workspace").textValue(),
                        node.path("workflow").textValue(),
                        node.path("attempt").isInt()
                                ? (Integer) node.path("attempt").asInt()
                                : null,
                        node.path("source").textValue()),
                new TimeRange(
                        node.path("from").asLong(Long.MIN_VALUE),
                        node.path("to").asLong(Long.MAX_VALUE)),
                texts,
                node.path("around").asInt(0),
                node.path("facts").asBoolean(first.facts()),
                LineFilter.ALWAYS);
    }

    private static @Nullable RunKey run(JsonNode run) {
        return run.size() != 3
                ? null
                : new RunKey(run.get(0).asText(), run.get(1).asText(), run.get(2).asText());
    }
}
