package io.tailrace.wire;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunStatus;

import java.util.List;

/** Reads the members of what publishers report. */
final class PublishedReader {

    private PublishedReader() {}

    static Event read(Draft draft) {
        return switch (draft.kind()) {
            case "log" -> log(draft);
            case "workflow_started" -> workflowStarted(draft);
            case "workflow_progress" -> workflowProgress(draft);
            case "partial_results" -> {
                Long rows = draft.fields().count("rows");
                String message = draft.fields().text("message");
                yield new Event.PartialResults(draft.header(), rows, message);
            }
            case "workflow_complete" -> workflowComplete(draft);
            case "progress" -> progress(draft);
            case "complete" -> {
                Long rows = draft.fields().count("rows");
                String message = draft.fields().text("message");
                yield new Event.Complete(draft.header(), rows, message);
            }
            case "error" -> failed(draft);
            case "status" -> status(draft);
            case "educational" -> {
                String message = draft.fields().text("message");
                String content = draft.requiredText("educational_content");
                yield new Event.Educational(draft.header(), message, content);
            }
            case "metric" -> metric(draft);
            case "alert" -> alert(draft);
            case "command" -> command(draft);
            default -> new Event.Other(draft.header(), draft.kind());
        };
    }

    private static Event log(Draft draft) {
        Level level = draft.level(Level.INFO);
        String message = draft.requiredText("message");
        String logger = draft.fields().text("logger");
        String error = draft.fields().text("error");
        return new Event.Log(draft.header(), level, message, logger, error);
    }

    private static Event workflowStarted(Draft draft) {
        String message = draft.fields().text("message");
        List<PlannedTask> tasks =
                draft.fields().objects("tasks").stream()
                        .map(t -> plannedTask(t, draft.kind()))
                        .toList();
        String retryOf = draft.fields().name("retry_of");
        draft.needsRun();
        return new Event.WorkflowStarted(draft.header(), message, tasks, retryOf);
    }

    private static PlannedTask plannedTask(Fields task, String kind) {
        String name = task.name("name");
        if (name == null) {
            throw Fields.missing("name", kind);
        }
        return new PlannedTask(name, task.texts("after"));
    }

    private static Event workflowProgress(Draft draft) {
        double progress = draft.required("progress", draft.fields().percent("progress"));
        String message = draft.fields().text("message");
        draft.needsRun();
        return new Event.WorkflowProgress(draft.header(), progress, message);
    }

    private static Event workflowComplete(Draft draft) {
        String name = draft.fields().text("state", RunStatus.SUCCEEDED::wireName);
        RunStatus state =
                RunStatus.ofWireName(name)
                        .filter(RunStatus::terminal)
                        .orElseThrow(() ->
                                new MalformedEventException(
                                        "Field 'state' must be succeeded, failed or"
                                                + " cancelled."));
        Long rows = draft.fields().count("rows");
        String message = draft.fields().text("message");
        String error = draft.fields().text("error");
        draft.needsRun();
        return new Event.WorkflowComplete(draft.header(), state, rows, message, error);
    }

    private static Event progress(Draft draft) {
        Double progress = draft.fields().percent("progress");
        Long rows = draft.fields().count("rows");
        String message = draft.fields().text("message");
        return new Event.Progress(draft.header(), progress, rows, message);
    }

    /** A failure may be told as an error or as a message; when both say something, both stay. */
    private static Event failed(Draft draft) {
        String message = draft.fields().text("message");
        String given = draft.fields().text("error");
        String error = given != null ? given : message;
        if (error == null) {
            throw Fields.missing("error", draft.kind());
        }
        if (message != null && !message.equals(error)) {
            draft.fields().rest().put("message", message);
        }
        String stackTrace = draft.fields().text("stack_trace");
        boolean willRetry = draft.fields().flag("will_retry");
        return new Event.Failed(draft.header(), error, stackTrace, willRetry);
    }

    private static Event status(Draft draft) {
        String state = draft.fields().text("state");
        String message = draft.fields().text("message");
        String command = draft.fields().text("command");
        return new Event.Status(draft.header(), state, message, command);
    }

    private static Event metric(Draft draft) {
        String name = draft.requiredText("name");
        double value = draft.required("value", draft.fields().number("value"));
        String unit = draft.fields().text("unit");
        return new Event.Metric(draft.header(), name, value, unit);
    }

    private static Event alert(Draft draft) {
        Level level = draft.level(Level.WARN);
        String message = draft.requiredText("message");
        Cursor about = draft.cursor("about");
        return new Event.Alert(draft.header(), level, message, about);
    }

    private static Event command(Draft draft) {
        String id = draft.requiredText("id");
        CommandVerb verb =
                CommandVerb.ofWireName(draft.requiredText("verb"))
                        .orElseThrow(() ->
                                new MalformedEventException(
                                        "Field 'verb' must be cancel, pause, resume or"
                                                + " retry."));
        String message = draft.fields().text("message");
        draft.needsRun();
        return new Event.Command(draft.header(), id, verb, message);
    }
}
