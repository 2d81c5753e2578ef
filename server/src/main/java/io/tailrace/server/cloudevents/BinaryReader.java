package io.tailrace.server.cloudevents;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an event whose attributes stand in headers, and whose data is the body. */
final class BinaryReader {

    private static final String PREFIX = "ce-";
    private static final String TYPE = "datacontenttype";

    private BinaryReader() {}

    static CloudEvent read(ServerRequest request, byte[] body) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        for (Header header : request.headers()) {
            String name = header.headerName().lowerCase();
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                attributes.put(name.substring(PREFIX.length()), decoded(name, header.get()));
            }
        }
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return event(attributes, type, body);
    }

    /**
     * The event whose attributes stand beside its data.
     *
     * @param type of the data; empty when nobody says it
     */
    static CloudEvent event(Map<String, @Nullable Object> attributes, String type, byte[] body) {
        attributes.remove(TYPE); // the content type says it
        if (!type.isEmpty()) {
            attributes.put(TYPE, type);
        }
        return new CloudEvent(attributes, Data.of(body, type));
    }

    /** A header's value, also when it is not valid. */
    static String plain(String value) {
        try {
            return decoded("", value);
        } catch (MalformedEventException e) {
            return value;
        }
    }

    /** Quotes around it are taken away, and what is percent-encoded is decoded once. */
    private static String decoded(String name, String value) {
        String text = value.strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            int high = digit(text, i + 1);
            int low = digit(text, i + 2);
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put(String.valueOf(text.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedEventException("Header '%s' is not valid UTF-8.".formatted(name));
        }
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    }
}
