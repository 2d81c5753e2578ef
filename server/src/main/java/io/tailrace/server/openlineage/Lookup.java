package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Looks into JSON that others wrote: what is missing or of another type is just not there. */
final class Lookup {

    private Lookup() {}

    /** The object at the end of a path of members; an empty one when there is none. */
    static Map<?, ?> object(Map<?, ?> object, String... path) {
        Map<?, ?> at = object;
        for (String name : path) {
            if (!(at.get(name) instanceof Map<?, ?> next)) {
                return Map.of();
            }
            at = next;
        }
        return at;
    }

    /** A text, or a number as text; null when it is blank or there is none. */
    static @Nullable String text(Map<?, ?> object, String name) {
        return switch (object.get(name)) {
            case String text when !text.isBlank() -> text;
            case Number number -> number.toString();
            case null, default -> null;
        };
    }

    static List<?> list(Map<?, ?> object, String name) {
        return object.get(name) instanceof List<?> list ? list : List.of();
    }

    /** A count, from 0. */
    static OptionalLong count(Map<?, ?> object, String name) {
        return object.get(name) instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() < 9e18
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    static OptionalDouble number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
