package io.tailrace.server.cloudevents;

import io.tailrace.model.Event;
import io.tailrace.server.ingest.JsonValues;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes our events of CloudEvents that do not come over HTTP. */
public final class CloudEventMessages {

    private static final String PREFIX = "ce_";
    private static final String BATCH = "application/cloudevents-batch";
    private static final String STRUCTURED = "application/cloudevents";

    private CloudEventMessages() {}

    /** Whether a message says that it is one, by its content type or headers. */
    public static boolean speaks(String contentType, Map<String, String> headers) {
        return headers.containsKey(PREFIX + "specversion")
                || contentType.strip().toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
    }

    /**
     * Reads an event or a batch of events.
     *
     * @param headers those that begin with {@code ce_} are attributes
     * @param parameters what holds for events that do not say it, such as {@code workspace}
     * @param now the time of those that say none
     * @throws MalformedEventException with a sentence, when one of them cannot be understood
     */
    public static List<Event.Published> read(
            byte[] body,
            String contentType,
            Map<String, String> headers,
            Function<String, @Nullable String> parameters,
            Instant now) {
        var mapping = new Mapping(parameters, now);
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        List<Event.Published> events = new ArrayList<>();
        if (binary(contentType, headers)) {
            events.add(mapping.event(BinaryReader.event(attributes(headers), contentType, body)));
        } else if (type.startsWith(BATCH) || JsonValues.beginsList(body)) {
            JsonValues.list(
                    body, element -> events.add(mapping.event(StructuredReader.read(element))));
        } else {
            events.add(mapping.event(StructuredReader.read(JsonValues.value(body))));
        }
        return events;
    }

    /** Whether its attributes stand in headers. */
    public static boolean binary(String contentType, Map<String, String> headers) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return headers.containsKey(PREFIX + "specversion") && !type.startsWith(STRUCTURED);
    }

    /** One whose attributes stand in headers as an object of JSON that has them, valid or not. */
    public static byte[] structured(byte[] body, String contentType, Map<String, String> headers) {
        return Letters.structured(attributes(headers), contentType, body);
    }

    private static Map<String, @Nullable Object> attributes(Map<String, String> headers) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                attributes.put(name.substring(PREFIX.length()), value);
            }
        });
        return attributes;
    }
}
