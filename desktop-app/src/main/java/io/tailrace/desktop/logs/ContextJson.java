package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The contexts of a segment as JSON, for its file. */
final class ContextJson {

    private ContextJson() {}

    static ObjectNode tree(SegmentFile.Meta meta) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode lives = root.putArray("lives");
        meta.lives().forEach(lives::add);
        ArrayNode contexts = root.putArray("contexts");
        meta.contexts().forEach(context -> contexts.add(tree(context)));
        return root;
    }

    private static ObjectNode tree(LineContext context) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", context.kind().name());
        node.put("level", context.level().name());
        node.put("source", context.source());
        node.put("channel", context.channel().name());
        RunKey run = context.run();
        if (run != null) {
            node.putArray("run").add(run.workspace()).add(run.workflow()).add(run.run());
        }
        if (context.task() != null) {
            node.put("task", context.task());
        }
        if (context.attempt() != null) {
            node.put("attempt", context.attempt());
        }
        node.put("fields", context.fields());
        return node;
    }

    /**
     * Reads it back.
     *
     * @throws IOException when it is something else
     */
    static SegmentFile.Meta meta(JsonNode root) throws IOException {
        try {
            List<String> lives = new ArrayList<>();
            root.path("lives").forEach(life -> lives.add(life.asText()));
            List<LineContext> contexts = new ArrayList<>();
            root.path("contexts").forEach(node -> contexts.add(context(node)));
            return new SegmentFile.Meta(List.copyOf(lives), List.copyOf(contexts));
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    private static LineContext context(JsonNode node) {
        return new LineContext(
                LineContext.Kind.valueOf(node.path("kind").asText()),
                Level.valueOf(node.path("level").asText()),
                node.path("source").asText(),
                new Channel(node.path("channel").asText()),
                run(node.path("run")),
                node.path("task").textValue(),
                node.has("attempt") ? (Integer) node.path("attempt").asInt() : null,
                node.path("fields").asBoolean());
    }

    private static @Nullable RunKey run(JsonNode run) {
        return run.size() != 3
                ? null
                : new RunKey(run.get(0).asText(), run.get(1).asText(), run.get(2).asText());
    }
}
