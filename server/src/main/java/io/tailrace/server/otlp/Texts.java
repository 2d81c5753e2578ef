package io.tailrace.server.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Texts as events may have them. */
final class Texts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Texts() {}

    /** At most so many characters, never half a surrogate pair. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    /** A text as it is, anything else as JSON. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // lists, maps, numbers and texts have a JSON form
        }
    }

    /** Adds a field of ours; one of the sender's with that name stays beside it. */
    static void put(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        String free = name;
        while (fields.containsKey(free)) {
            free += "_";
        }
        fields.put(free, value);
    }

    /** Adds a field of ours when there is something to say. */
    static void putSome(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        boolean nothing =
                value == null
                        || (value instanceof String text && text.isEmpty())
                        || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!nothing) {
            put(fields, name, value);
        }
    }
}
