package io.tailrace.desktop.alerts;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Makes rows of what happened. */
final class Alerts {

    private static final int MAX_SENTENCE = 1_000;

    private Alerts() {}

    static AlertRow failure(Cursor cursor, Event.Failed failed) {
        return new AlertRow(
                cursor,
                cursor,
                failed.timestamp(),
                failed.subject().runKey(),
                failed.subject().task(),
                failed.willRetry() ? Severity.RETRIED : Severity.FAILURE,
                cut(failed.error()),
                false);
    }

    static AlertRow ended(Cursor cursor, Event.WorkflowComplete end) {
        return new AlertRow(
                cursor,
                cursor,
                end.timestamp(),
                end.subject().runKey(),
                null,
                Severity.FAILURE,
                runSentence(end.error()),
                false);
    }

    static AlertRow alert(Cursor cursor, Cursor about, Event.Alert alert) {
        return new AlertRow(
                cursor,
                about,
                alert.timestamp(),
                alert.subject().runKey(),
                alert.subject().task(),
                Severity.of(alert.level()),
                cut(alert.message()),
                false);
    }

    /** The failures of a run that a late joiner learns of only by its state. */
    static List<AlertRow> of(RunState run) {
        List<AlertRow> rows = new ArrayList<>();
        for (TaskState task : run.tasks()) {
            for (AttemptState attempt : task.attempts()) {
                AlertRow row = failure(run.key(), task, attempt);
                if (row != null) {
                    rows.add(row);
                }
            }
        }
        Cursor end = run.endedBy();
        if (run.status() == RunStatus.FAILED && end != null && run.endedAt() != null) {
            rows.add(
                    new AlertRow(
                            end,
                            run.errorBy() == null ? end : run.errorBy(),
                            run.endedAt(),
                            run.key(),
                            null,
                            Severity.FAILURE,
                            runSentence(run.error()),
                            false));
        }
        return rows;
    }

    private static @Nullable AlertRow failure(RunKey run, TaskState task, AttemptState attempt) {
        Cursor cursor = attempt.endedBy();
        if (cursor == null || attempt.error() == null || attempt.endedAt() == null) {
            return null;
        }
        boolean last =
                attempt.equals(task.attempts().getLast()) && task.status() == TaskStatus.FAILED;
        return new AlertRow(
                cursor,
                cursor,
                attempt.endedAt(),
                run,
                task.name(),
                last ? Severity.FAILURE : Severity.RETRIED,
                cut(attempt.error()),
                false);
    }

    private static String runSentence(@Nullable String error) {
        return error == null || error.isBlank()
                ? text("alerts.runFailed")
                : cut(text("alerts.runFailed.why", error));
    }

    private static String cut(String text) {
        String line = text.strip();
        return line.length() <= MAX_SENTENCE ? line : line.substring(0, MAX_SENTENCE) + "…";
    }
}
