package io.tailrace.publisher;

import java.util.List;

/**
 * Events that travel in one request, the same ones in every try.
 *
 * @param number which batch of its publisher, from 1
 * @param events encoded, in the order they were published
 */
record Batch(long number, List<byte[]> events) {

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
