package io.tailrace.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What the request says once for all its events; what an event says itself wins.
 *
 * @param channel where events go that name no channel
 * @param subject what they are about
 * @param level how grave lines of text are
 * @param logger who wrote lines of text
 */
record Defaults(
        @Nullable Channel channel,
        Subject subject,
        @Nullable Level level,
        @Nullable String logger) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The members to put in front of an event's own, such as a run; an object that is left open.
     * Empty when there are none. A member that the event has too comes later and wins.
     */
    byte[] prefix() {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            member(json, "workspace", subject.workspace());
            member(json, "workflow", subject.workflow());
            member(json, "run", subject.run());
            member(json, "task", subject.task());
            if (subject.attempt() != null) {
                json.writeNumberField("attempt", subject.attempt());
            }
            json.writeEndObject();
            json.flush();
            byte[] object = bytes.toByteArray();
            if (object.length == 2) {
                return new byte[0];
            }
            object[object.length - 1] = ',';
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }

    private static void member(JsonGenerator json, String name, @Nullable String value)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
