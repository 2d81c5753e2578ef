package io.tailrace.server.deadletter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.server.http.Json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Dead letters as JSON: for the shelf, and for readers. */
final class LetterCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LetterCodec() {}

    /** For the shelf. */
    static byte[] encode(DeadLetter letter) {
        return Json.object(json -> {
            members(json, letter);
            json.writeBinaryField("stored", letter.body());
        });
    }

    /** From the shelf; empty when it is damaged. */
    static Optional<DeadLetter> decode(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            var source =
                    new DeadLetter.Source(
                            json.path("principal").asText(),
                            json.path("target").asText(),
                            json.path("content_type").asText(),
                            json.path("origin").asText());
            return Optional.of(
                    new DeadLetter(
                            json.path("id").asLong(),
                            Instant.parse(json.path("time").asText()),
                            source,
                            json.path("reason").asText(),
                            json.path("stored").binaryValue(),
                            json.path("size").asLong(),
                            json.path("tries").asInt()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What readers learn of it in a list. */
    static void members(JsonGenerator json, DeadLetter letter) throws IOException {
        json.writeNumberField("id", letter.id());
        json.writeStringField("time", letter.time().toString());
        json.writeStringField("reason", letter.reason());
        json.writeStringField("principal", letter.source().principal());
        json.writeStringField("target", letter.source().target());
        json.writeStringField("content_type", letter.source().contentType());
        json.writeStringField("origin", letter.source().origin());
        json.writeNumberField("size", letter.size());
        json.writeBooleanField("cut", letter.cut());
        json.writeNumberField("tries", letter.tries());
    }

    /** The body as text, or in base64 when it is none. */
    static void body(JsonGenerator json, DeadLetter letter) throws IOException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(letter.body()));
            json.writeStringField("body", text.toString());
        } catch (CharacterCodingException e) {
            json.writeBinaryField("body_base64", letter.body());
        }
    }
}
