package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** Writes the members of JSON objects; members without a value are left out. */
final class JsonMembers {

    private static final double EXACT = 1e15;

    private final JsonGenerator json;

    JsonMembers(JsonGenerator json) {
        this.json = json;
    }

    void text(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    void whole(String name, @Nullable Number value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value.longValue());
        }
    }

    /** Whole numbers are written without a fraction. */
    void number(String name, @Nullable Double value) throws IOException {
        if (value == null) {
            return;
        }
        boolean minusZero = value == 0 && 1 / value < 0; // would come back as plus zero
        if (value == Math.rint(value) && Math.abs(value) < EXACT && !minusZero) {
            json.writeNumberField(name, value.longValue());
        } else {
            json.writeNumberField(name, value.doubleValue());
        }
    }
}
