package io.tailrace.server.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Up to where a file was read.
 *
 * @param path where it was last
 * @param key its number on the disk
 * @param offset bytes read of its content, whole lines only
 * @param head its first bytes
 */
record FilePosition(Path path, String key, long offset, Head head) {

    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] encode() {
        return bytes(
                JSON.createObjectNode()
                        .put("path", path.toString())
                        .put("key", key)
                        .put("offset", offset)
                        .put("head", head.length())
                        .put("checksum", head.checksum()));
    }

    static FilePosition decode(byte[] bytes) {
        JsonNode json = tree(bytes);
        return new FilePosition(
                Path.of(json.path("path").asText()),
                json.path("key").asText(),
                json.path("offset").asLong(),
                new Head(json.path("head").asInt(), json.path("checksum").asLong()));
    }

    /** The keys of all files that are known. */
    static byte[] encode(Collection<String> keys) {
        var array = JSON.createArrayNode();
        keys.forEach(array::add);
        return bytes(array);
    }

    static List<String> keys(byte[] bytes) {
        List<String> keys = new ArrayList<>();
        tree(bytes).forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("What was noted about files is damaged.", e);
        }
    }
}
