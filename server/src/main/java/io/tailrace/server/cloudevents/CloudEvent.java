package io.tailrace.server.cloudevents;

import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as it was sent.
 *
 * @param attributes its attributes and extensions by their names; texts, numbers and booleans
 * @param data a text, a number, a list, a map and so on; bytes in base64; null when there is none
 */
record CloudEvent(Map<String, @Nullable Object> attributes, @Nullable Object data) {

    private static final int LONGEST = 1_000;

    CloudEvent {
        attributes = new LinkedHashMap<>(attributes);
        String version = required(attributes, "specversion");
        if (!version.equals("1.0")) {
            throw new MalformedEventException(
                    "Attribute 'specversion' must be '1.0', which is what this gateway reads.");
        }
        String _ = required(attributes, "id");
        String _ = required(attributes, "source");
        String _ = required(attributes, "type");
    }

    private static String required(Map<String, @Nullable Object> attributes, String name) {
        String value = text(attributes.get(name));
        if (value == null || value.isEmpty()) {
            throw new MalformedEventException(
                    "Attribute '%s' is missing: a CloudEvent has specversion, id, source and type."
                            .formatted(name));
        }
        if (value.length() > LONGEST) {
            throw new MalformedEventException(
                    "Attribute '%s' may have at most %,d characters.".formatted(name, LONGEST));
        }
        return value;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    String id() {
        return required(attributes, "id");
    }

    String source() {
        return required(attributes, "source");
    }

    String type() {
        return required(attributes, "type");
    }

    /** An attribute as a text; null when it is not there or empty. */
    @Nullable String text(String name) {
        String value = text(attributes.get(name));
        return value == null || value.isEmpty() ? null : value;
    }
}
