package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunState;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Writes events as the members of one JSON object: the common ones first, then its own, then the
 * rest. One after the other they use the same memory. Confined to one thread.
 */
public final class EventWriter {

    private final JsonText json = new JsonText();

    /** Has written nothing yet. */
    public EventWriter() {}

    /** The event as one JSON object in UTF-8, without line breaks. */
    public byte[] write(Event event) {
        json.clear();
        json.begin('{');
        json.text("kind", event.kind());
        header(event.header());
        switch (event) {
            case Event.Published published -> published(published);
            case Event.Control control -> control(control);
        }
        Map<String, @Nullable Object> fields = event.header().fields();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            String name = MemberNames.free(event.kind(), field.getKey(), fields.keySet());
            json.any(name, field.getValue());
        }
        json.end('}');
        return json.toBytes();
    }

    private void header(Header header) {
        json.text("channel", header.channel().name());
        json.text("timestamp", Timestamps.text(header.timestamp()));
        Subject subject = header.subject();
        json.text("workspace", subject.workspace());
        json.text("workflow", subject.workflow());
        json.text("run", subject.run());
        json.text("task", subject.task());
        json.whole("attempt", subject.attempt());
        json.text("step", subject.step());
    }

    private void published(Event.Published event) {
        switch (event) {
            case Event.Log e -> {
                json.text("level", e.level());
                json.text("message", e.message());
                json.text("logger", e.logger());
                json.text("error", e.error());
            }
            case Event.WorkflowStarted e -> workflowStarted(e);
            case Event.WorkflowProgress e -> {
                json.number("progress", e.progress());
                json.text("message", e.message());
            }
            case Event.PartialResults e -> {
                json.whole("rows", e.rows());
                json.text("message", e.message());
            }
            case Event.WorkflowComplete e -> {
                json.text("state", e.state().wireName());
                json.whole("rows", e.rows());
                json.text("message", e.message());
                json.text("error", e.error());
            }
            case Event.Progress e -> {
                json.number("progress", e.progress());
                json.whole("rows", e.rows());
                json.text("message", e.message());
            }
            case Event.Complete e -> {
                json.whole("rows", e.rows());
                json.text("message", e.message());
            }
            case Event.Failed e -> {
                json.text("error", e.error());
                json.text("stack_trace", e.stackTrace());
                json.flag("will_retry", e.willRetry());
            }
            case Event.Status e -> {
                json.text("state", e.state());
                json.text("message", e.message());
                json.text("command", e.command());
            }
            case Event.Educational e -> {
                json.text("message", e.message());
                json.text("educational_content", e.content());
            }
            case Event.Metric e -> {
                json.text("name", e.name());
                json.number("value", e.value());
                json.text("unit", e.unit());
            }
            case Event.Alert e -> {
                json.text("level", e.level());
                json.text("message", e.message());
                json.text("about", e.about());
            }
            case Event.ChatQuestion e -> {
                json.text("conversation", e.conversation());
                json.text("question", e.question());
                json.text("message", e.message());
            }
            case Event.ChatResponse e -> chatResponse(e);
            case Event.Command e -> {
                json.text("id", e.id());
                json.text("verb", e.verb().wireName());
                json.text("message", e.message());
            }
            case Event.Other _ -> {}
        }
    }

    private void workflowStarted(Event.WorkflowStarted e) {
        json.text("message", e.message());
        json.name("tasks");
        json.begin('[');
        for (var task : e.tasks()) {
            json.begin('{');
            json.text("name", task.name());
            json.texts("after", task.after());
            json.end('}');
        }
        json.end(']');
        json.text("retry_of", e.retryOf());
    }

    private void chatResponse(Event.ChatResponse e) {
        json.text("conversation", e.conversation());
        json.text("question", e.question());
        json.whole("part", e.part());
        json.text("message", e.message());
        json.name("citations");
        json.begin('[');
        for (var citation : e.citations()) {
            json.begin('{');
            json.text("channel", citation.channel().name());
            json.text("cursor", citation.cursor());
            json.text("label", citation.label());
            json.end('}');
        }
        json.end(']');
        json.name("actions");
        json.begin('[');
        for (var action : e.actions()) {
            json.begin('{');
            json.text("label", action.label());
            json.text("action", action.action());
            json.text("argument", action.argument());
            json.end('}');
        }
        json.end(']');
        json.flag("partial", e.partial());
        json.flag("done", e.done());
    }

    private void control(Event.Control event) {
        switch (event) {
            case Event.SessionInit e -> {
                json.text("session", e.session());
                json.text("cursor", e.cursor());
                json.texts("channels", e.channels());
                json.whole("heartbeat", e.heartbeat());
            }
            case Event.Resumed e -> {
                json.text("from", e.from());
                json.text("to", e.to());
            }
            case Event.Gap e -> {
                json.text("from", e.from());
                json.text("to", e.to());
                json.text("reason", e.reason());
                json.text("message", e.message());
            }
            case Event.Snapshot e -> {
                json.text("cursor", e.cursor());
                json.raw("runs", runs(e.runs()));
            }
            case Event.Heartbeat e -> json.text("cursor", e.cursor());
            case Event.ServerShuttingDown e -> json.whole("retry", e.retry());
            case Event.ChannelsChanged e -> json.texts("channels", e.channels());
            case Event.Conflated e -> {
                json.text("from", e.from());
                json.text("to", e.to());
                json.whole("entries", e.entries());
            }
            case Event.SessionEnd e -> {
                json.text("reason", e.reason());
                json.text("message", e.message());
            }
        }
    }

    private static byte[] runs(List<RunState> runs) {
        try (ByteArrayBuilder out = new ByteArrayBuilder();
                JsonGenerator json = EventCodec.JSON.createGenerator(out)) {
            RunCodec.write(json, runs);
            json.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }
}
