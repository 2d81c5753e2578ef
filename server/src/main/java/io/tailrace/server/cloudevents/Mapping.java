package io.tailrace.server.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.ingest.ChannelNames;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes our events of others. A type {@code io.tailrace.log}, {@code io.tailrace.metric} and so on
 * says that the data is an event of ours; anything else becomes a log event that keeps everything.
 */
final class Mapping {

    private static final String OURS = "io.tailrace.";
    private static final String ANY_KIND = "event";
    private static final int LONGEST_NAME = 256;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACE =
            List.of("workspace", "workflow", "run", "task", "attempt", "step");
    private static final List<String> TOLD = List.of("specversion", "time", "datacontenttype");

    private final Function<String, @Nullable String> parameters;
    private final Instant now;

    /**
     * Maps the events of one request.
     *
     * @param parameters what the request's address says, by name
     */
    Mapping(Function<String, @Nullable String> parameters, Instant now) {
        this.parameters = parameters;
        this.now = now;
    }

    /**
     * Our event.
     *
     * @throws MalformedEventException when it cannot be one
     */
    Event.Published event(CloudEvent event) {
        return event.type().startsWith(OURS) && event.data() instanceof Map<?, ?> data
                ? ours(event, data)
                : line(event);
    }

    private Event.Published ours(CloudEvent event, Map<?, ?> data) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        data.forEach((name, value) -> members.put(String.valueOf(name), value));
        Subject subject = subject(event);
        if (!members.containsKey("channel")) {
            members.putIfAbsent("workspace", subject.workspace());
            members.putIfAbsent("workflow", subject.workflow());
        }
        members.putIfAbsent("run", subject.run());
        members.putIfAbsent("task", subject.task());
        members.putIfAbsent("attempt", subject.attempt());
        members.values().removeIf(value -> value == null);
        String kind = event.type().substring(OURS.length());
        byte[] json = json(members);
        Event read =
                EventCodec.decode(
                        json,
                        0,
                        json.length,
                        kind.equals(ANY_KIND) ? null : kind,
                        null,
                        time(event));
        return switch (read) {
            case Event.Published published -> published;
            case Event.Control control ->
                    throw new MalformedEventException(
                            "Kind '%s' is the gateway's own word and cannot be published."
                                    .formatted(control.kind()));
        };
    }

    private Event.Log line(CloudEvent event) {
        Subject subject = subject(event);
        Channel channel = channel(subject);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(event.attributes());
        PLACE.forEach(fields::remove);
        TOLD.forEach(fields::remove);
        Object data = event.data();
        String text = data instanceof String whole ? whole : member(data, "message", "msg");
        if (data != null && !(data instanceof String)) {
            fields.put("data", data);
        }
        String about = event.text("subject");
        String message = text != null ? text : event.type() + (about == null ? "" : " " + about);
        String level = member(data, "level", "severity");
        Header header = Header.of(channel, time(event), subject).withFields(fields);
        return new Event.Log(
                header,
                level == null ? Level.INFO : Level.parse(level).orElse(Level.INFO),
                message,
                event.source(),
                null);
    }

    private static Channel channel(Subject subject) {
        return Channel.logs(
                String.valueOf(subject.workspace()), String.valueOf(subject.workflow()));
    }

    private static @Nullable String member(@Nullable Object data, String... names) {
        if (data instanceof Map<?, ?> map) {
            for (String name : names) {
                if (map.get(name) instanceof String text && !text.isBlank()) {
                    return text;
                }
            }
        }
        return null;
    }

    private Subject subject(CloudEvent event) {
        String workspace = said(event, "workspace");
        String workflow = said(event, "workflow");
        return new Subject(
                ChannelNames.fit(workspace == null ? "" : workspace, "default"),
                ChannelNames.fit(workflow == null ? event.source() : workflow, "unknown"),
                name(event, "run"),
                name(event, "task"),
                attempt(event),
                name(event, "step"));
    }

    /** An extension of the event, or else a parameter of the address. */
    private @Nullable String said(CloudEvent event, String name) {
        String own = event.text(name);
        return own == null ? parameters.apply(name) : own;
    }

    private @Nullable String name(CloudEvent event, String name) {
        String value = said(event, name);
        if (value == null) {
            return null;
        }
        boolean fine =
                !value.isBlank()
                        && value.length() <= LONGEST_NAME
                        && value.chars().noneMatch(Character::isISOControl);
        if (!fine) {
            throw new MalformedEventException(
                    "Attribute '%s' must be a name of 1 to 256 characters on one line."
                            .formatted(name));
        }
        return value;
    }

    private @Nullable Integer attempt(CloudEvent event) {
        String value = said(event, "attempt");
        if (value == null) {
            return null;
        }
        try {
            int attempt = Integer.parseInt(value);
            if (attempt >= 1 && attempt <= 1_000_000) {
                return attempt;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new MalformedEventException("Attribute 'attempt' must be a whole number from 1.");
    }

    private Instant time(CloudEvent event) {
        String time = event.text("time");
        try {
            return time == null ? now : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedEventException(
                    "Attribute 'time' must be a time such as \"2026-11-21T10:00:00.123Z\".");
        }
    }

    private static byte[] json(Map<String, @Nullable Object> members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("The data cannot be written as JSON.");
        }
    }
}
