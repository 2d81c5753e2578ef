package io.tailrace.server.dbt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * A structured line of dbt.
 *
 * @param data what the event is about
 * @param info what every line has: {@code name}, {@code level}, {@code msg}, {@code ts} and so on
 */
record DbtLine(Map<String, @Nullable Object> data, Map<String, @Nullable Object> info) {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
            new TypeReference<>() {};
    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                            .streamReadConstraints(
                                    StreamReadConstraints.builder().maxNestingDepth(50).build())
                            .build());
    private static final byte[] DATA = "\"data\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "\"info\"".getBytes(StandardCharsets.US_ASCII);

    /** The line in these bytes; null when dbt did not print it. */
    static @Nullable DbtLine read(byte[] bytes, int offset, int length) {
        if (!beginsLikeOne(bytes, offset, offset + length)) {
            return null;
        }
        try (var parser = JSON.createParser(bytes, offset, length)) {
            Map<String, @Nullable Object> line = JSON.readValue(parser, OBJECT);
            boolean alone = parser.nextToken() == (JsonToken) null;
            Map<String, @Nullable Object> info = object(line.get("info"));
            Map<String, @Nullable Object> data = object(line.get("data"));
            boolean dbt =
                    info.get("invocation_id") instanceof String
                            && info.get("name") instanceof String
                            && info.get("msg") instanceof String
                            && line.containsKey("data");
            return alone && dbt ? new DbtLine(data, info) : null;
        } catch (IOException e) {
            return null; // not JSON: then dbt did not print it
        }
    }

    /** Whether the first member is one of the two that there are. */
    private static boolean beginsLikeOne(byte[] bytes, int from, int to) {
        int at = skipSpace(bytes, from, to);
        if (at == to || bytes[at] != '{') {
            return false;
        }
        at = skipSpace(bytes, at + 1, to);
        return begins(bytes, at, to, DATA) || begins(bytes, at, to, INFO);
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean begins(byte[] bytes, int at, int to, byte[] word) {
        if (to - at < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // JSON objects have such members
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    String name() {
        return String.valueOf(info.get("name"));
    }

    String message() {
        return String.valueOf(info.get("msg"));
    }

    String invocation() {
        return String.valueOf(info.get("invocation_id"));
    }

    String level() {
        return String.valueOf(info.get("level"));
    }

    /** When it was printed. */
    Instant time(Instant otherwise) {
        return time(info.get("ts"), otherwise);
    }

    static Instant time(@Nullable Object value, Instant otherwise) {
        if (!(value instanceof String text) || text.isEmpty()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException again) {
                return otherwise;
            }
        }
    }

    Map<String, @Nullable Object> node() {
        return object(data.get("node_info"));
    }

    Map<String, @Nullable Object> result() {
        return object(data.get("run_result"));
    }

    Map<String, @Nullable Object> in(Map<String, @Nullable Object> holder, String name) {
        return object(holder.get(name));
    }

    /** A text; null when it is empty or there is none. */
    static @Nullable String text(Map<String, @Nullable Object> holder, String name) {
        return holder.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    /** A number from 0; null when there is none. */
    static @Nullable Double number(Map<String, @Nullable Object> holder, String name) {
        return holder.get(name) instanceof Number number
                        && number.doubleValue() >= 0
                        && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : null;
    }
}
