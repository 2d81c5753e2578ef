package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * One event as it was sent, as far as it is kept.
 *
 * @param members the JSON object; what was too large is an object with {@code cut_bytes} instead
 * @param cut what is not there in full
 * @param bytes how large it was
 */
record Document(Map<String, @Nullable Object> members, List<Cut> cut, long bytes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Document {
        cut = List.copyOf(cut);
    }

    /** It as JSON. */
    byte[] json() {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }

    /**
     * Something that was too large to keep.
     *
     * @param path where it was, such as {@code run.facets.spark.logicalPlan}
     * @param bytes how large it was
     */
    record Cut(String path, long bytes) {}
}
