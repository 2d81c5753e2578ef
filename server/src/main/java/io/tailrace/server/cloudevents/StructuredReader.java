package io.tailrace.server.cloudevents;

import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an event that is one JSON object. */
final class StructuredReader {

    private static final String DATA = "data";
    private static final String BYTES = "data_base64";

    private StructuredReader() {}

    static CloudEvent read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> object)) {
            throw new MalformedEventException("A CloudEvent must be a JSON object.");
        }
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        object.forEach((name, value) -> attributes.put(String.valueOf(name), value));
        Object data = attributes.remove(DATA);
        Object bytes = attributes.remove(BYTES);
        for (Map.Entry<String, @Nullable Object> attribute : attributes.entrySet()) {
            if (attribute.getValue() instanceof Map || attribute.getValue() instanceof List) {
                throw new MalformedEventException(
                        "Attribute '%s' must be a text, a number or a boolean."
                                .formatted(shown(attribute.getKey())));
            }
        }
        return new CloudEvent(attributes, bytes == null ? data : decoded(bytes, attributes));
    }

    private static @Nullable Object decoded(
            Object bytes, Map<String, @Nullable Object> attributes) {
        Object type = attributes.get("datacontenttype");
        try {
            byte[] decoded = Base64.getDecoder().decode(bytes.toString());
            return Data.of(decoded, type == null ? "application/json" : type.toString());
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("Member 'data_base64' must be base64.");
        }
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
