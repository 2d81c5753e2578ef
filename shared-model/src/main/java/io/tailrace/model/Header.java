package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every event has.
 *
 * @param channel where it was published
 * @param timestamp when it happened, by the publisher's clock
 * @param subject what it is about
 * @param fields everything else the publisher sent, in its order: JSON values as Java values
 */
public record Header(
        Channel channel, Instant timestamp, Subject subject, Map<String, @Nullable Object> fields) {

    /** Copies the fields, keeping their order. */
    public Header {
        fields =
                fields.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A header without further fields. */
    public static Header of(Channel channel, Instant timestamp, Subject subject) {
        return new Header(channel, timestamp, subject, Map.of());
    }

    /** The same with these further fields, whose values may be null. */
    public Header withFields(Map<String, @Nullable Object> others) {
        return new Header(channel, timestamp, subject, others);
    }
}
