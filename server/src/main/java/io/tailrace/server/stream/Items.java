package io.tailrace.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The events of a page. Keeps no state. */
final class Items {

    private Items() {}

    /** One event; what the gateway itself says has no cursor. */
    static void write(JsonGenerator out, @Nullable String cursor, byte[] json) throws IOException {
        out.writeStartObject();
        if (cursor != null) {
            out.writeStringField("cursor", cursor);
        }
        out.writeFieldName("event");
        out.writeRawValue(new String(json, StandardCharsets.UTF_8));
        out.writeEndObject();
    }
}
