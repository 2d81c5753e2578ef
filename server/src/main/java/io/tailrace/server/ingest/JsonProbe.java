package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import java.io.IOException;

/** Looks whether bytes are JSON, without building anything. */
final class JsonProbe {

    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build();

    private JsonProbe() {}

    /** Whether this is one JSON object with a member {@code message} or {@code kind}. */
    static boolean isEvent(byte[] bytes, int offset, int length) {
        return looksLikeObject(bytes, offset, length) && isOneObject(bytes, offset, length, true);
    }

    /** Whether this is one complete JSON object. */
    static boolean isOneObject(byte[] bytes, int offset, int length) {
        return looksLikeObject(bytes, offset, length) && isOneObject(bytes, offset, length, false);
    }

    private static boolean isOneObject(byte[] bytes, int offset, int length, boolean event) {
        boolean found = false;
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                found |= name.equals("message") || name.equals("kind");
                parser.nextToken();
                parser.skipChildren();
            }
            return parser.nextToken() == null && (found || !event);
        } catch (IOException e) {
            return false; // not JSON: that was the question
        }
    }

    private static boolean looksLikeObject(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int first = skipSpace(bytes, offset, end);
        int last = end - 1;
        while (last > first && space(bytes[last])) {
            last--;
        }
        return first < end && bytes[first] == '{' && bytes[last] == '}';
    }

    /** The place of the first byte that is not white space; {@code end} when all is. */
    static int skipSpace(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end && space(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean space(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
