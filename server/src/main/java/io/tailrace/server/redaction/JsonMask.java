package io.tailrace.server.redaction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/** Masks secrets in JSON objects that are no events. */
final class JsonMask {

    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(90)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
            new TypeReference<>() {};

    private JsonMask() {}

    /**
     * The object with its secrets masked; the same bytes when there are none; null for no object.
     */
    static byte @Nullable [] masked(byte[] bytes, Masking masking) {
        try (var parser = JSON.createParser(bytes)) {
            Map<String, @Nullable Object> members = JSON.readValue(parser, OBJECT);
            if (members == null || parser.nextToken() != null) {
                return null;
            }
            Map<String, @Nullable Object> clean = masking.members(members);
            return masking.found().isEmpty() ? bytes : JSON.writeValueAsBytes(clean);
        } catch (IOException e) {
            return null; // not JSON: that was the question
        }
    }
}
