package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Writes an event as the members of one JSON object: the common ones first, then its own, then the
 * rest.
 */
final class EventWriter {

    private final JsonGenerator json;

    private EventWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(Event event) {
        try (ByteArrayBuilder out = new ByteArrayBuilder(256);
                JsonGenerator json = EventCodec.JSON.createGenerator(out)) {
            new EventWriter(json).event(event);
            json.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    e); // writing to memory: only a programming error gets here
        }
    }

    private void event(Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", event.kind());
        header(event.header());
        body(event);
        for (Map.Entry<String, @Nullable Object> field : event.header().fields().entrySet()) {
            json.writeFieldName(field.getKey());
            value(field.getValue());
        }
        json.writeEndObject();
    }

    private void header(Header header) throws IOException {
        json.writeStringField("channel", header.channel().name());
        json.writeStringField("timestamp", header.timestamp().toString());
        Subject subject = header.subject();
        text("workspace", subject.workspace());
        text("workflow", subject.workflow());
        text("run", subject.run());
        text("task", subject.task());
        whole("attempt", subject.attempt());
        text("step", subject.step());
    }

    private void body(Event event) throws IOException {
        switch (event) {
            case Event.Log e -> {
                json.writeStringField("level", e.level().name());
                json.writeStringField("message", e.message());
                text("logger", e.logger());
                text("error", e.error());
            }
            case Event.WorkflowStarted e -> workflowStarted(e);
            case Event.WorkflowProgress e -> {
                number("progress", e.progress());
                text("message", e.message());
            }
            case Event.PartialResults e -> {
                whole("rows", e.rows());
                text("message", e.message());
            }
            case Event.WorkflowComplete e -> {
                json.writeStringField("state", e.state().wireName());
                whole("rows", e.rows());
                text("message", e.message());
                text("error", e.error());
            }
            case Event.Progress e -> {
                number("progress", e.progress());
                whole("rows", e.rows());
                text("message", e.message());
            }
            case Event.Complete e -> {
                whole("rows", e.rows());
                text("message", e.message());
            }
            case Event.Failed e -> {
                json.writeStringField("error", e.error());
                text("stack_trace", e.stackTrace());
                json.writeBooleanField("will_retry", e.willRetry());
            }
            case Event.Status e -> {
                text("state", e.state());
                text("message", e.message());
                text("command", e.command());
            }
            case Event.Educational e -> {
                text("message", e.message());
                json.writeStringField("educational_content", e.content());
            }
            case Event.Metric e -> {
                json.writeStringField("name", e.name());
                number("value", e.value());
                text("unit", e.unit());
            }
            case Event.Alert e -> {
                json.writeStringField("level", e.level().name());
                json.writeStringField("message", e.message());
                text("about", e.about());
            }
            case Event.ChatQuestion e -> {
                json.writeStringField("conversation", e.conversation());
                json.writeStringField("question", e.question());
                json.writeStringField("message", e.message());
            }
            case Event.ChatResponse e -> chatResponse(e);
            case Event.Command e -> {
                json.writeStringField("id", e.id());
                json.writeStringField("verb", e.verb().wireName());
                text("message", e.message());
            }
            case Event.Other _ -> {}
            case Event.Control e -> control(e);
        }
    }

    private void workflowStarted(Event.WorkflowStarted e) throws IOException {
        text("message", e.message());
        json.writeArrayFieldStart("tasks");
        for (var task : e.tasks()) {
            json.writeStartObject();
            json.writeStringField("name", task.name());
            texts("after", task.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        text("retry_of", e.retryOf());
    }

    private void chatResponse(Event.ChatResponse e) throws IOException {
        json.writeStringField("conversation", e.conversation());
        json.writeStringField("question", e.question());
        json.writeNumberField("part", e.part());
        json.writeStringField("message", e.message());
        json.writeArrayFieldStart("citations");
        for (var citation : e.citations()) {
            json.writeStartObject();
            json.writeStringField("channel", citation.channel().name());
            json.writeStringField("cursor", citation.cursor().toString());
            json.writeStringField("label", citation.label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("actions");
        for (var action : e.actions()) {
            json.writeStartObject();
            json.writeStringField("label", action.label());
            json.writeStringField("action", action.action());
            json.writeStringField("argument", action.argument());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("partial", e.partial());
        json.writeBooleanField("done", e.done());
    }

    private void control(Event.Control event) throws IOException {
        switch (event) {
            case Event.SessionInit e -> {
                json.writeStringField("session", e.session());
                text("cursor", e.cursor());
                texts("channels", e.channels());
                json.writeNumberField("heartbeat", e.heartbeat());
            }
            case Event.Resumed e -> {
                text("from", e.from());
                text("to", e.to());
            }
            case Event.Gap e -> {
                json.writeStringField("from", e.from());
                text("to", e.to());
                json.writeStringField("reason", e.reason());
                text("message", e.message());
            }
            case Event.Snapshot e -> {
                text("cursor", e.cursor());
                json.writeFieldName("runs");
                RunCodec.write(json, e.runs());
            }
            case Event.Heartbeat e -> text("cursor", e.cursor());
            case Event.ServerShuttingDown e -> json.writeNumberField("retry", e.retry());
        }
    }

    private void text(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void whole(String name, @Nullable Number value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value.longValue());
        }
    }

    /** Whole numbers are written without a fraction. */
    private void number(String name, @Nullable Double value) throws IOException {
        if (value == null) {
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumberField(name, value.longValue());
        } else {
            json.writeNumberField(name, value.doubleValue());
        }
    }

    private void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    json.writeFieldName(String.valueOf(member.getKey()));
                    value(member.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    value(item);
                }
                json.writeEndArray();
            }
            default -> json.writePOJO(value);
        }
    }
}
