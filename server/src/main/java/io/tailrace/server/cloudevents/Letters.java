package io.tailrace.server.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.deadletter.LetterBox;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps events that could not be taken so that each can be sent again by itself, under its own
 * source and id. Confined to the request's thread.
 */
final class Letters {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String PREFIX = "ce-";

    private final LetterBox box;
    private final ServerRequest request;

    Letters(LetterBox box, ServerRequest request) {
        this.box = box;
        this.request = request;
    }

    /** The whole body as it came. */
    void keepBody(String reason, byte[] body) {
        box.keep(reason, body);
    }

    /** One of a batch. */
    void keepElement(String reason, @Nullable Object element) {
        if (box.open()) {
            box.keepAs(target(), STRUCTURED, reason, json(element));
        }
    }

    /** One whose attributes stand in headers, which a letter does not have. */
    void keepBinary(String reason, byte[] body) {
        if (!box.open()) {
            return;
        }
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        for (Header header : request.headers()) {
            String name = header.headerName().lowerCase();
            if (name.startsWith(PREFIX)) {
                event.put(name.substring(PREFIX.length()), BinaryReader.plain(header.get()));
            }
        }
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        box.keepAs(target(), STRUCTURED, reason, structured(event, type, body));
    }

    /**
     * The event with its data, as JSON.
     *
     * @param type of the data; empty when nobody says it
     */
    static byte[] structured(Map<String, @Nullable Object> attributes, String type, byte[] body) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>(attributes);
        if (!type.isEmpty()) {
            event.put("datacontenttype", type);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            event.put("data", Data.json(type) ? parsed(text) : text);
        } catch (CharacterCodingException e) {
            event.put("data_base64", body);
        }
        return json(event);
    }

    private static Object parsed(String text) {
        try {
            Object tree = JSON.readTree(text);
            return tree == null ? text : tree;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static byte[] json(@Nullable Object element) {
        try {
            return JSON.writeValueAsBytes(element);
        } catch (JsonProcessingException e) {
            return String.valueOf(element).getBytes(StandardCharsets.UTF_8);
        }
    }

    private String target() {
        String query = request.query().rawValue();
        String path = request.prologue().uriPath().rawPath();
        return query.isEmpty() ? path : path + "?" + query;
    }
}
