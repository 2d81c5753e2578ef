package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.tailrace.wire.MalformedEventException;

import java.io.IOException;

/** Cuts a JSON array into its elements, where they lie. */
final class JsonElements {

    // Places are told only of UTF-8: of what is taken for another encoding they would be wrong.
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    private JsonElements() {}

    /** Receives what was found. */
    interface Sink {
        /** The next element; its number from 1. */
        void element(long number, int offset, int length);
    }

    /**
     * Cuts.
     *
     * @throws MalformedEventException when this is not one array; some elements may be told then
     */
    static void cut(byte[] all, Sink sink) {
        try (JsonParser parser = JSON.createParser(all)) {
            parser.nextToken();
            long number = 1;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getByteOffset();
                sink.element(number++, from, to - from);
            }
            if (parser.nextToken() != null) {
                throw notJson("something follows the array");
            }
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage().replaceAll("[\\r\\n]+", " "));
        } catch (IOException e) {
            throw notJson(String.valueOf(e.getMessage())); // such as characters that are none
        }
    }

    private static MalformedEventException notJson(String reason) {
        String shown = reason.length() > 160 ? reason.substring(0, 160) + "…" : reason;
        return new MalformedEventException(
                "The array is not valid JSON, so nothing was stored: " + shown + ".");
    }
}
