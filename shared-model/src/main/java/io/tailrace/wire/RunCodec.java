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
        JsonMembers members = new JsonMembers(json);
        json.writeStartObject();
        members.text("workspace", run.key().workspace());
        members.text("workflow", run.key().workflow());
        members.text("run", run.key().run());
        members.text("status", run.status().wireName());
        members.text("started_at", run.startedAt());
        members.text("ended_at", run.endedAt());
        members.text("updated_at", run.updatedAt());
        members.number("progress", run.progress());
        members.text("progress_by", run.progressBy());
        members.whole("rows", run.rows());
        members.text("rows_by", run.rowsBy());
        members.text("message", run.message());
        members.text("error", run.error());
        members.text("error_by", run.errorBy());
        members.whole("warnings", run.warnings());
        members.whole("errors", run.errors());
        members.text("started_by", run.startedBy());
        members.text("ended_by", run.endedBy());
        members.text("reported_by", run.reportedBy());
        members.text("retry_of", run.retryOf());
        members.text("parent", run.parent());
        members.whole("planned", run.planned());
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
        JsonMembers members = new JsonMembers(json);
        json.writeStartObject();
        members.text("name", task.name());
        members.texts("after", task.after());
        members.text("status", task.status().wireName());
        members.number("progress", task.progress());
        members.whole("rows", task.rows());
        members.text("message", task.message());
        members.text("step", task.step());
        members.text("reported_by", task.reportedBy());
        json.writeArrayFieldStart("attempts");
        for (AttemptState attempt : task.attempts()) {
            json.writeStartObject();
            members.whole("number", attempt.number());
            members.text("status", attempt.status().wireName());
            members.text("started_at", attempt.startedAt());
            members.text("ended_at", attempt.endedAt());
            members.text("error", attempt.error());
            members.text("started_by", attempt.startedBy());
            members.text("ended_by", attempt.endedBy());
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
                f.count("rows"),
                cursor(f, "rows_by"),
                f.text("message"),
                f.text("error"),
                cursor(f, "error_by"),
                orElse(f.count("warnings"), 0L),
                orElse(f.count("errors"), 0L),
                Math.clamp(orElse(f.count("planned"), 0L), 0, Integer.MAX_VALUE),
                f.objects("tasks").stream().map(RunCodec::task).toList(),
                cursor(f, "started_by"),
                cursor(f, "ended_by"),
                requiredCursor(f, "reported_by"),
                f.text("retry_of"),
                parent(f));
    }

    private static @Nullable RunKey parent(Fields f) {
        String text = f.text("parent");
        return text == null ? null : RunKey.parse(text).orElseThrow(() -> unknown("parent"));
    }

    private static TaskState task(Fields f) {
        return new TaskState(
                f.requiredText("name", "snapshot"),
                f.texts("after"),
                status(f),
                f.objects("attempts").stream().map(RunCodec::attempt).toList(),
                f.percent("progress"),
                f.count("rows"),
                f.text("message"),
                f.text("step"),
                cursor(f, "reported_by"));
    }

    private static AttemptState attempt(Fields f) {
        return new AttemptState(
                orElse(f.whole("number", 1, Integer.MAX_VALUE), 1L).intValue(),
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
}
