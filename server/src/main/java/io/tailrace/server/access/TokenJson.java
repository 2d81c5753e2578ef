package io.tailrace.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The tokens file: {@code {"tokens":[{"id":…,"name":…,"sha256":…,"grants":[…],…}]}}. */
final class TokenJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private TokenJson() {}

    /**
     * Reads the file.
     *
     * @throws AccessException when it cannot be understood
     */
    static List<ApiToken> read(byte[] json) {
        try {
            List<ApiToken> tokens = new ArrayList<>();
            JsonNode root = JSON.readTree(json);
            if (!root.path("tokens").isArray()) {
                throw new IllegalArgumentException("It has no list 'tokens'.");
            }
            for (JsonNode node : root.path("tokens")) {
                tokens.add(token(node));
            }
            return tokens;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new AccessException("The tokens file cannot be understood: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        return e instanceof IllegalArgumentException
                ? String.valueOf(e.getMessage())
                : "it is not the JSON that the gateway wrote.";
    }

    private static ApiToken token(JsonNode node) {
        List<String> grants = new ArrayList<>();
        node.path("grants").forEach(g -> grants.add(g.asText()));
        String hash = text(node, "sha256");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("A member 'sha256' is not a hash.");
        }
        return new ApiToken(
                text(node, "id"),
                text(node, "name"),
                hash,
                Grant.parseAll(grants),
                Instant.parse(text(node, "created")),
                node.hasNonNull("expires") ? Instant.parse(node.get("expires").asText()) : null);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("A token has no '%s'.".formatted(name));
        }
        return value.textValue();
    }

    static byte[] write(Collection<ApiToken> tokens) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("tokens");
        for (ApiToken token : tokens) {
            ObjectNode node = list.addObject();
            node.put("id", token.id());
            node.put("name", token.name());
            node.put("sha256", token.hash());
            ArrayNode grants = node.putArray("grants");
            token.grants().forEach(g -> grants.add(g.toString()));
            node.put("created", token.created().toString());
            if (token.expires() != null) {
                node.put("expires", token.expires().toString());
            }
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }
}
