package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes an event as the members of one JSON object: the common ones first, then its own, then the
 * rest.
 */
final class EventWriter {

    private final JsonGenerator json;
    private final JsonMembers members;

    private EventWriter(JsonGenerator json) {
        this.json = json;
        this.members = new JsonMembers(json);
    }

    static byte[] write(Event event) {
        try (ByteArrayBuilder out = new ByteArrayBuilder(256);
                JsonGenerator json = EventCodec.JSON.createGenerator(out)) {
            new EventWriter(json).event(event);
            json.flush();
            return out.toByteArray();
        } catch (IOException e) {
            // writing to memory: only fields nested a thousand deep get here
            throw new UncheckedIOException(e);
        }
    }

    private void event(Event event) throws IOException {
        json.writeStartObject();
        members.text("kind", event.kind());
        header(event.header());
        switch (event) {
            case Event.Published published -> published(published);
            case Event.Control control -> control(control);
        }
        Map<String, @Nullable Object> fields = event.header().fields();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            String name = MemberNames.free(event.kind(), field.getKey(), fields.keySet());
            members.any(name, field.getValue());
        }
        json.writeEndObject();
    }

    private void header(Header header) throws IOException {
        members.text("channel", header.channel().name());
        members.text("timestamp", Timestamps.text(header.timestamp()));
        Subject subject = header.subject();
        members.text("workspace", subject.workspace());
        members.text("workflow", subject.workflow());
        members.text("run", subject.run());
        members.text("task", subject.task());
        members.whole("attempt", subject.attempt());
        members.text("step", subject.step());
    }

    private void published(Event.Published event) throws IOException {
        switch (event) {
            case Event.Log e -> {
                members.text("level", e.level());
                members.text("message", e.message());
                members.text("logger", e.logger());
                members.text("error", e.error());
            }
            case Event.WorkflowStarted e -> workflowStarted(e);
            case Event.WorkflowProgress e -> {
                members.number("progress", e.progress());
                members.text("message", e.message());
            }
            case Event.PartialResults e -> {
                members.whole("rows", e.rows());
                members.text("message", e.message());
            }
            case Event.WorkflowComplete e -> {
                members.text("state", e.state().wireName());
                members.whole("rows", e.rows());
                members.text("message", e.message());
                members.text("error", e.error());
            }
            case Event.Progress e -> {
                members.number("progress", e.progress());
                members.whole("rows", e.rows());
                members.text("message", e.message());
            }
            case Event.Complete e -> {
                members.whole("rows", e.rows());
                members.text("message", e.message());
            }
            case Event.Failed e -> {
                members.text("error", e.error());
                members.text("stack_trace", e.stackTrace());
                members.flag("will_retry", e.willRetry());
            }
            case Event.Status e -> {
                members.text("state", e.state());
                members.text("message", e.message());
                members.text("command", e.command());
            }
            case Event.Educational e -> {
                members.text("message", e.message());
                members.text("educational_content", e.content());
            }
            case Event.Metric e -> {
                members.text("name", e.name());
                members.number("value", e.value());
                members.text("unit", e.unit());
            }
            case Event.Alert e -> {
                members.text("level", e.level());
                members.text("message", e.message());
                members.text("about", e.about());
            }
            case Event.ChatQuestion e -> {
                members.text("conversation", e.conversation());
                members.text("question", e.question());
                members.text("message", e.message());
            }
            case Event.ChatResponse e -> chatResponse(e);
            case Event.Command e -> {
                members.text("id", e.id());
                members.text("verb", e.verb().wireName());
                members.text("message", e.message());
            }
            case Event.Other _ -> {}
        }
    }

    private void workflowStarted(Event.WorkflowStarted e) throws IOException {
        members.text("message", e.message());
        json.writeArrayFieldStart("tasks");
        for (var task : e.tasks()) {
            json.writeStartObject();
            members.text("name", task.name());
            members.texts("after", task.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        members.text("retry_of", e.retryOf());
    }

    private void chatResponse(Event.ChatResponse e) throws IOException {
        members.text("conversation", e.conversation());
        members.text("question", e.question());
        members.whole("part", e.part());
        members.text("message", e.message());
        json.writeArrayFieldStart("citations");
        for (var citation : e.citations()) {
            json.writeStartObject();
            members.text("channel", citation.channel().name());
            members.text("cursor", citation.cursor());
            members.text("label", citation.label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("actions");
        for (var action : e.actions()) {
            json.writeStartObject();
            members.text("label", action.label());
            members.text("action", action.action());
            members.text("argument", action.argument());
            json.writeEndObject();
        }
        json.writeEndArray();
        members.flag("partial", e.partial());
        members.flag("done", e.done());
    }

    private void control(Event.Control event) throws IOException {
        switch (event) {
            case Event.SessionInit e -> {
                members.text("session", e.session());
                members.text("cursor", e.cursor());
                members.texts("channels", e.channels());
                members.whole("heartbeat", e.heartbeat());
            }
            case Event.Resumed e -> {
                members.text("from", e.from());
                members.text("to", e.to());
            }
            case Event.Gap e -> {
                members.text("from", e.from());
                members.text("to", e.to());
                members.text("reason", e.reason());
                members.text("message", e.message());
            }
            case Event.Snapshot e -> {
                members.text("cursor", e.cursor());
                json.writeFieldName("runs");
                RunCodec.write(json, e.runs());
            }
            case Event.Heartbeat e -> members.text("cursor", e.cursor());
            case Event.ServerShuttingDown e -> members.whole("retry", e.retry());
            case Event.ChannelsChanged e -> members.texts("channels", e.channels());
            case Event.Conflated e -> {
                members.text("from", e.from());
                members.text("to", e.to());
                members.whole("entries", e.entries());
            }
            case Event.SessionEnd e -> {
                members.text("reason", e.reason());
                members.text("message", e.message());
            }
        }
    }
}
