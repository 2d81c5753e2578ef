package io.tailrace.desktop.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Whether a line of a chunk has what a condition asks for. One thread. */
sealed interface LineCheck {

    boolean accepts(SearchChunk chunk, int line);

    /**
     * The check of a condition whose query has no problem.
     *
     * @param stop asked now and then
     */
    static LineCheck of(TextCondition condition, BooleanSupplier stop) {
        String field = condition.field();
        return field == null
                ? new OfText(LineMatcher.of(condition.query(), stop), condition.without())
                : new OfField(field, condition.query(), condition.without(), stop);
    }

    /** Looks into the text. */
    record OfText(LineMatcher matcher, boolean without) implements LineCheck {

        @Override
        public boolean accepts(SearchChunk chunk, int line) {
            return matcher.matches(chunk, line) != without;
        }
    }

    /** Looks at one field: at its whole value, or for an expression at any part of it. */
    final class OfField implements LineCheck {

        private static final JsonMapper JSON = new JsonMapper();

        private final String name;
        private final ByteFinder named;
        private final FindQuery query;
        private final boolean without;
        private final Pattern pattern;
        private final BooleanSupplier stop;

        private OfField(String name, FindQuery query, boolean without, BooleanSupplier stop) {
            this.name = name;
            this.query = query;
            this.without = without;
            this.stop = stop;
            this.pattern = query.pattern();
            this.named = new ByteFinder('"' + name + '"', true);
        }

        @Override
        public boolean accepts(SearchChunk chunk, int line) {
            return has(chunk, line) != without;
        }

        private boolean has(SearchChunk chunk, int line) {
            if (!chunk.context(line).fields()) {
                return false;
            }
            int from = chunk.textEnd(line) + 1;
            int to = chunk.next(line) - 1;
            boolean simple = name.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ');
            if (simple && named.next(chunk, from, to) < 0) {
                return false;
            }
            try {
                JsonNode value = JSON.readTree(chunk.text(from, to)).path(name);
                return !value.isMissingNode() && matches(value);
            } catch (JsonProcessingException e) {
                return false; // not written by us
            }
        }

        private boolean matches(JsonNode value) {
            String text = value.isValueNode() ? value.asText() : value.toString();
            CancellableText safe = new CancellableText(text, stop);
            return query.regex()
                    ? pattern.matcher(safe).find()
                    : query.matchCase()
                            ? text.equals(query.text())
                            : text.equalsIgnoreCase(query.text());
        }
    }
}
