package io.tailrace.wire;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * One dispatched server-sent event.
 *
 * @param id the event's own {@code id:}; null when it had none, empty when it resets the last one
 * @param type the {@code event:} field, {@code message} when there was none
 * @param data the {@code data:} lines joined by line feeds, undecoded; the array is the receiver's
 */
public record SseEvent(@Nullable String id, String type, byte[] data) {

    /** The data as text; what is not valid UTF-8 becomes U+FFFD, as the standard has it. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
