package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The members of one JSON object, taken out one by one; what nobody takes is left in its order.
 *
 * <p>Confined to the thread that decodes.
 */
final class Fields {

    private static final int LONGEST_NAME = 256;
    private static final int DIGITS_OF_A_DOUBLE = 15;

    private final Map<String, @Nullable Object> members;

    /** These, which are its own from now on. */
    Fields(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Reads the object that the parser stands before; a value of another type is malformed. */
    static Fields read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedEventException(
                    "An event must be a JSON object, like {\"message\":\"…\"}.");
        }
        return new Fields(object(parser));
    }

    /** The members of an object that was read already. */
    static Fields of(Map<?, ?> object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach((key, value) -> members.put(String.valueOf(key), value));
        return new Fields(members);
    }

    /** What nobody took. */
    Map<String, @Nullable Object> rest() {
        return members;
    }

    /** A text; numbers and booleans count as their text. */
    @Nullable String text(String name) {
        Object value = members.remove(name);
        return switch (value) {
            case null -> null;
            case String s -> s;
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            default -> throw wrong(name, "a text");
        };
    }

    String text(String name, Supplier<String> otherwise) {
        String value = text(name);
        return value == null ? otherwise.get() : value;
    }

    String requiredText(String name, String kind) {
        return text(
                name,
                () -> {
                    throw missing(name, kind);
                });
    }

    /** The name of a workspace, workflow, run, task or step. */
    @Nullable String name(String field) {
        String value = text(field);
        if (value != null
                && (value.isBlank() || value.length() > LONGEST_NAME || hasControls(value))) {
            throw wrong(field, "a name of 1 to 256 characters on one line");
        }
        return value;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) { // not a stream: each event has several names
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    @Nullable Long whole(String name, long least, long most) {
        Object value = members.remove(name);
        Long number =
                switch (value) {
                    case null -> null;
                    case Long n -> n;
                    case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> d.longValue();
                    default -> throw wrong(name, "a whole number");
                };
        if (number != null && (number < least || number > most)) {
            throw wrong(
                    name,
                    "a whole number from " + least + (most == Long.MAX_VALUE ? "" : " to " + most));
        }
        return number;
    }

    /** How many: a whole number from 0. */
    @Nullable Long count(String name) {
        return whole(name, 0, Long.MAX_VALUE);
    }

    @Nullable Double number(String name) {
        Object value = members.remove(name);
        return switch (value) {
            case null -> null;
            case Number n when Double.isFinite(n.doubleValue()) ->
                    n.doubleValue() + 0.0; // no negative zero
            default -> throw wrong(name, "a finite number");
        };
    }

    /** A percentage, 0 to 100. */
    @Nullable Double percent(String name) {
        Double value = number(name);
        if (value != null && (value < 0 || value > 100)) {
            throw wrong(name, "a number from 0 to 100");
        }
        return value;
    }

    boolean flag(String name) {
        Object value = members.remove(name);
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            default -> throw wrong(name, "true or false");
        };
    }

    /** An object that must be there. */
    Fields object(String name) {
        if (members.remove(name) instanceof Map<?, ?> object) {
            return of(object);
        }
        throw wrong(name, "an object");
    }

    /** A list of objects; missing counts as empty. */
    List<Fields> objects(String name) {
        List<Fields> result = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof Map<?, ?> object)) {
                throw wrong(name, "a list of objects");
            }
            result.add(of(object));
        }
        return result;
    }

    /** A list of texts; missing counts as empty. */
    List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            result.add(text);
        }
        return result;
    }

    /** Takes any value. */
    @Nullable Object any(String name) {
        return members.remove(name);
    }

    private List<?> list(String name) {
        Object value = members.remove(name);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw wrong(name, "a list");
        };
    }

    /** The complaint about a member that an event of that kind must have. */
    static MalformedEventException missing(String name, String kind) {
        return new MalformedEventException(
                "Field '%s' is missing: an event of kind '%s' needs it.".formatted(name, kind));
    }

    private static MalformedEventException wrong(String name, String wanted) {
        return new MalformedEventException("Field '%s' must be %s.".formatted(name, wanted));
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> {
                Number n = parser.getNumberValue();
                yield n instanceof Integer ? (Object) n.longValue() : n;
            }
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** A double when that keeps every digit, otherwise exactly what was written. */
    private static Number decimal(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        double size = Math.abs(value);
        if (parser.getTextLength() <= DIGITS_OF_A_DOUBLE && size > 1e-300 && size < 1e300) {
            return value;
        }
        BigDecimal exact;
        try {
            exact = parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw new MalformedEventException("A number has an exponent that is out of range.");
        }
        boolean same =
                Double.isFinite(value)
                        && new BigDecimal(Double.toString(value)).compareTo(exact) == 0;
        return same ? (Number) value : exact;
    }
}
