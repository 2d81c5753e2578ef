package io.tailrace.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON object of a small request. Immutable.
 *
 * @param body the object
 */
public record JsonRequest(JsonNode body) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads a request's body.
     *
     * @throws HttpProblem 400 when it is not one JSON object
     */
    public static JsonRequest read(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node != null && node.isObject()) {
                return new JsonRequest(node);
            }
        } catch (JsonProcessingException e) {
            throw bad("The request is not valid JSON: send one object.");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading from memory: only a programming error
        }
        throw bad("The request must be one JSON object.");
    }

    /**
     * A text that may be missing.
     *
     * @throws HttpProblem 400 when it is something else, or longer than {@code max} characters
     */
    public @Nullable String text(String name, int max) {
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual() && !node.isNumber()) {
            throw bad("Field '" + name + "' must be a text.");
        }
        String text = node.asText();
        if (text.length() > max) {
            throw bad("Field '%s' may have at most %,d characters.".formatted(name, max));
        }
        return text.isBlank() ? null : text;
    }

    /**
     * A text that must be there.
     *
     * @throws HttpProblem 400 when it is not
     */
    public String required(String name, int max) {
        String text = text(name, max);
        if (text == null) {
            throw bad("Field '" + name + "' is missing.");
        }
        return text;
    }

    /**
     * An object inside, which may be missing.
     *
     * @throws HttpProblem 400 when it is something else
     */
    public @Nullable JsonRequest object(String name) {
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw bad("Field '" + name + "' must be an object.");
        }
        return new JsonRequest(node);
    }

    /** A request that cannot be understood. */
    public static HttpProblem bad(String detail) {
        return new HttpProblem(400, "Bad request", detail);
    }
}
