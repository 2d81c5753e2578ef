package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as Java values, as deep as an event may be. */
public final class JsonValues {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(60)
                                    .maxNameLength(1_000)
                                    .build())
                    .build();

    private static final int MOST_VALUES = 1_000_000;

    private int values;

    private JsonValues() {}

    /** Takes the elements of a list, one after the other. */
    public interface Sink {
        /** The next one. */
        void take(@Nullable Object element);
    }

    /**
     * The one value in these bytes.
     *
     * @throws MalformedEventException when this is not JSON
     */
    public static @Nullable Object value(byte[] json) {
        List<@Nullable Object> all = new ArrayList<>(1);
        read(json, false, all::add);
        return all.getFirst();
    }

    /** The members of the one object in that part of the array; null when it is something else. */
    static @Nullable Map<String, @Nullable Object> object(byte[] json, int offset, int length) {
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, @Nullable Object> object = new JsonValues().members(parser);
            return parser.nextToken() == null ? object : null;
        } catch (IOException | MalformedEventException e) {
            return null; // not JSON: that was the question
        }
    }

    /** Whether the first thing in these bytes is a bracket. */
    public static boolean beginsList(byte[] json) {
        int first = JsonProbe.skipSpace(json, 0, json.length);
        return first < json.length && json[first] == '[';
    }

    /**
     * The elements of the one list in these bytes.
     *
     * @throws MalformedEventException when this is not a list in JSON; some elements may be taken
     *     then
     */
    public static void list(byte[] json, Sink sink) {
        read(json, true, sink);
    }

    private static void read(byte[] json, boolean list, Sink sink) {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedEventException("There is no event in the body.");
            }
            if (!list) {
                sink.take(new JsonValues().value(parser));
            } else if (first != JsonToken.START_ARRAY) {
                throw new MalformedEventException("A batch must be a JSON array of events.");
            } else {
                var reader = new JsonValues();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    sink.take(reader.value(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedEventException("Something follows behind the JSON value.");
            }
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage().replaceAll("\\p{Cntrl}+", " ");
            throw new MalformedEventException(
                    "This is not valid JSON: "
                            + (why.length() > 160 ? why.substring(0, 160) + "…" : why)
                            + ".");
        } catch (IOException e) {
            throw new MalformedEventException("This is not valid JSON in UTF-8.");
        }
    }

    private @Nullable Object value(JsonParser parser) throws IOException {
        if (++values > MOST_VALUES) {
            throw new MalformedEventException(
                    "The body has more than %,d values: send fewer events at once."
                            .formatted(MOST_VALUES));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                yield number instanceof Integer ? (Object) number.longValue() : number;
            }
            case VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    /** A number that is out of range stays a text. */
    private static Object number(JsonParser parser) throws IOException {
        double number = parser.getDoubleValue();
        return Double.isFinite(number) ? (Object) number : parser.getText();
    }
}
