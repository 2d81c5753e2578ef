package io.tailrace.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** What the gateway says in {@code application/problem+json} when it refuses. */
final class Problem {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 500;

    private Problem() {}

    /** The refusal as a sentence: the gateway's own words, or the status when it gives none. */
    static String reason(int status, String contentType, byte[] body) {
        String words = contentType.contains("json") ? words(body) : null;
        if (words == null) {
            return "The gateway answered with status %d%s.".formatted(status, meaning(status));
        }
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    /** The member {@code detail}, otherwise {@code title}. */
    private static @Nullable String words(byte[] body) {
        String detail = null;
        String title = null;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String text =
                        parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                parser.skipChildren();
                switch (name) {
                    case "detail" -> detail = text;
                    case "title" -> title = text;
                    default -> {}
                }
            }
        } catch (IOException e) {
            // a broken answer has no words; what was read before it broke still counts
        }
        String words = detail == null || detail.isBlank() ? title : detail;
        return words == null || words.isBlank() ? null : words.strip();
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401 -> " (not signed in)";
            case 403 -> " (not allowed)";
            case 404 -> " (not found)";
            case 429 -> " (too many requests)";
            case 502, 503, 504 -> " (not available at the moment)";
            default -> "";
        };
    }
}
