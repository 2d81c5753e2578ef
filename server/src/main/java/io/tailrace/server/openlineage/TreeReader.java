package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON value, as long as it is not too large; otherwise passes over it. For one value.
 */
final class TreeReader {

    private static final int DEEPEST =
            24; // events may be nested 64 deep, and this is a part of one
    private static final int PER_TOKEN = 8;

    private final JsonParser parser;
    private final int budget;
    private int used;
    private boolean over;

    /**
     * Reads the value that the parser is at.
     *
     * @param budget how much text it may have, roughly in bytes
     */
    TreeReader(JsonParser parser, int budget) {
        this.parser = parser;
        this.budget = budget;
    }

    /** Whether it was too large or nested too deep: then what was read is to be thrown away. */
    boolean over() {
        return over;
    }

    /** How much of the budget it took. */
    int used() {
        return used;
    }

    @Nullable Object read() throws IOException {
        return value(0);
    }

    private @Nullable Object value(int depth) throws IOException {
        used += PER_TOKEN;
        over |= used > budget || depth > DEEPEST;
        if (over) {
            parser.skipChildren();
            return null;
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                yield number instanceof Integer ? (Object) number.longValue() : number;
            }
            case VALUE_NUMBER_FLOAT -> {
                double number = parser.getDoubleValue();
                yield Double.isFinite(number) ? (Object) number : parser.getText();
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private String text(String text) {
        used += text.length();
        over |= used > budget;
        return text;
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            parser.nextToken();
            members.put(name, value(depth + 1));
        }
        return members;
    }

    private List<@Nullable Object> array(int depth) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object item = value(depth + 1);
            if (!over) {
                items.add(item);
            }
        }
        return items;
    }
}
