package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The state of runs as JSON: in snapshots and in the answers of {@code GET /api/runs}. */
public final class RunCodec {

    private RunCodec() {}

    /** Writes an array of runs. */
    public static void write(JsonGenerator json, List<RunState> runs) throws IOException {
        json.writeStartArray();
        for (RunState run : runs) {
            write(json, run);
        }
        json.writeEndArray();
    }

    /** Writes one run as an object. */
    public static void write(JsonGenerator json, RunState run) throws IOException {
        json.writeStartObject();
        json.writeStringField("workspace", run.key().workspace());
        json.writeStringField("workflow", run.key().workflow());
        json.writeStringField("run", run.key().run());
        json.writeStringField("status", run.status().wireName());
        text(json, "started_at", run.startedAt());
        text(json, "ended_at", run.endedAt());
        text(json, "updated_at", run.updatedAt());
        number(json, "progress", run.progress());
        text(json, "progress_by", run.progressBy());
        number(json, "rows", run.rows());
        text(json, "rows_by", run.rowsBy());
        text(json, "message", run.message());
        text(json, "error", run.error());
        text(json, "error_by", run.errorBy());
        json.writeNumberField("warnings", run.warnings());
        json.writeNumberField("errors", run.errors());
        text(json, "started_by", run.startedBy());
        text(json, "ended_by", run.endedBy());
        text(json, "reported_by", run.reportedBy());
        text(json, "retry_of", run.retryOf());
        json.writeNumberField("planned", run.planned());
        json.writeArrayFieldStart("tasks");
        for (TaskState task : run.tasks()) {
            write(json, task);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    static List<RunState> read(List<Fields> runs) {
        return runs.stream().map(RunCodec::run).toList();
    }

    private static void write(JsonGenerator json, TaskState task) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", task.name());
        json.writeArrayFieldStart("after");
        for (String before : task.after()) {
            json.writeString(before);
        }
        json.writeEndArray();
        json.writeStringField("status", task.status().wireName());
        number(json, "progress", task.progress());
        number(json, "rows", task.rows());
        text(json, "message", task.message());
        text(json, "step", task.step());
        text(json, "reported_by", task.reportedBy());
        json.writeArrayFieldStart("attempts");
        for (AttemptState attempt : task.attempts()) {
            json.writeStartObject();
            json.writeNumberField("number", attempt.number());
            json.writeStringField("status", attempt.status().wireName());
            text(json, "started_at", attempt.startedAt());
            text(json, "ended_at", attempt.endedAt());
            text(json, "error", attempt.error());
            text(json, "started_by", attempt.startedBy());
            text(json, "ended_by", attempt.endedBy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static RunState run(Fields f) {
        return new RunState(
                new RunKey(
                        f.requiredText("workspace", "snapshot"),
                        f.requiredText("workflow", "snapshot"),
                        f.requiredText("run", "snapshot")),
                RunStatus.ofWireName(f.requiredText("status", "snapshot"))
                        .orElseThrow(() -> unknown("status")),
                instant(f, "started_at"),
                instant(f, "ended_at"),
                orElse(instant(f, "updated_at"), Instant.EPOCH),
                f.percent("progress"),
                cursor(f, "progress_by"),
                f.whole("rows"),
                cursor(f, "rows_by"),
                f.text("message"),
                f.text("error"),
                cursor(f, "error_by"),
                orElse(f.whole("warnings"), 0L),
                orElse(f.whole("errors"), 0L),
                Math.toIntExact(orElse(f.whole("planned"), 0L)),
                f.objects("tasks").stream().map(RunCodec::task).toList(),
                cursor(f, "started_by"),
                cursor(f, "ended_by"),
                requiredCursor(f, "reported_by"),
                f.text("retry_of"));
    }

    private static TaskState task(Fields f) {
        return new TaskState(
                f.requiredText("name", "snapshot"),
                f.texts("after"),
                status(f),
                f.objects("attempts").stream().map(RunCodec::attempt).toList(),
                f.percent("progress"),
                f.whole("rows"),
                f.text("message"),
                f.text("step"),
                cursor(f, "reported_by"));
    }

    private static AttemptState attempt(Fields f) {
        return new AttemptState(
                Math.toIntExact(orElse(f.whole("number"), 1L)),
                status(f),
                instant(f, "started_at"),
                instant(f, "ended_at"),
                f.text("error"),
                cursor(f, "started_by"),
                cursor(f, "ended_by"));
    }

    private static TaskStatus status(Fields f) {
        return TaskStatus.ofWireName(f.requiredText("status", "snapshot"))
                .orElseThrow(() -> unknown("status"));
    }

    private static @Nullable Instant instant(Fields f, String name) {
        String text = f.text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw unknown(name);
        }
    }

    private static @Nullable Cursor cursor(Fields f, String name) {
        String text = f.text(name);
        try {
            return text == null ? null : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw unknown(name);
        }
    }

    private static Cursor requiredCursor(Fields f, String name) {
        Cursor cursor = cursor(f, name);
        if (cursor == null) {
            throw unknown(name);
        }
        return cursor;
    }

    private static MalformedEventException unknown(String name) {
        return new MalformedEventException("Field '" + name + "' of a run cannot be read.");
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value)
            throws IOException {
        switch (value) {
            case null -> {}
            case Long whole -> json.writeNumberField(name, whole);
            default -> json.writeNumberField(name, value.doubleValue());
        }
    }
}
