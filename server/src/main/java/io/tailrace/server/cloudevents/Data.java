package io.tailrace.server.cloudevents;

import io.tailrace.server.ingest.JsonValues;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What an event carries, read by its content type. */
final class Data {

    private Data() {}

    /** A JSON value, a text, or bytes in base64; null when there are none. */
    static @Nullable Object of(byte[] bytes, String contentType) {
        if (bytes.length == 0) {
            return null;
        }
        if (json(contentType)) {
            return JsonValues.value(bytes);
        }
        return text(contentType)
                ? new String(bytes, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether that type, or none, says so. */
    static boolean json(String contentType) {
        String type = bare(contentType);
        return type.isEmpty() || type.endsWith("/json") || type.endsWith("+json");
    }

    private static boolean text(String contentType) {
        String type = bare(contentType);
        return type.startsWith("text/") || type.endsWith("/xml") || type.endsWith("+xml");
    }

    private static String bare(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
