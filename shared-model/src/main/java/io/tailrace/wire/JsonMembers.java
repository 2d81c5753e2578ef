package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

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

    void flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    /** A JSON value as a Java value; what is neither becomes its text. */
    void any(String name, @Nullable Object value) throws IOException {
        json.writeFieldName(name);
        value(value);
    }

    private void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    any(String.valueOf(member.getKey()), member.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    value(item);
                }
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case Float number when Float.isFinite(number) -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Short number -> json.writeNumber(number);
            case Byte number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
