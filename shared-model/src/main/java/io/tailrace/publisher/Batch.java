package io.tailrace.publisher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events that travel in one request, the same ones in every try.
 *
 * @param key tells it from every other batch
 * @param events encoded, in the order they were published
 */
record Batch(String key, List<byte[]> events) {

    /** From a body; its last line ends too. */
    static Batch of(String key, byte[] body) {
        List<byte[]> events = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                events.add(Arrays.copyOfRange(body, from, i));
                from = i + 1;
            }
        }
        return new Batch(key, List.copyOf(events));
    }

    /** One event a line. */
    byte[] body() {
        byte[] body = new byte[events.stream().mapToInt(e -> e.length + 1).sum()];
        int at = 0;
        for (byte[] event : events) {
            System.arraycopy(event, 0, body, at, event.length);
            at += event.length;
            body[at++] = '\n';
        }
        return body;
    }
}
