package io.tailrace.server.chat;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Event;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The entries that prove what is known of one run. Confined to the thread that answers. */
final class Proofs {

    private final Evidence evidence;
    private final RunState run;

    Proofs(Knowledge knowledge, RunState run) {
        this.evidence = knowledge.evidence();
        this.run = run;
    }

    /** That the run began, and when. */
    Optional<Evidence.Proof> started() {
        return evidence.near(
                run,
                run.startedBy(),
                "started",
                event -> event.timestamp().equals(run.startedAt()));
    }

    /** That the run ended, and how. */
    Optional<Evidence.Proof> ended() {
        return evidence.at(
                run.key(), run.endedBy(), "ended", e -> e.timestamp().equals(run.endedAt()));
    }

    /** That the run is paused; or the latest thing heard of it. */
    Optional<Evidence.Proof> latest() {
        return evidence.at(run.key(), run.reportedBy(), "latest event", _ -> true);
    }

    /** The plan: which tasks there are. */
    Optional<Evidence.Proof> plan() {
        return evidence.near(
                run,
                run.startedBy(),
                "plan",
                e -> e instanceof Event.WorkflowStarted s && !s.tasks().isEmpty());
    }

    /** Why the run failed. */
    Optional<Evidence.Proof> error() {
        return evidence.at(run.key(), run.errorBy(), "error", _ -> true);
    }

    /** How far the run is: what it stated, or what its tasks did. */
    List<Optional<Evidence.Proof>> progress() {
        if (run.progressBy() != null) {
            return List.of(evidence.at(run.key(), run.progressBy(), "progress", _ -> true));
        }
        List<Optional<Evidence.Proof>> proofs = new ArrayList<>();
        proofs.add(plan());
        for (TaskState task : run.tasks().reversed()) {
            if (proofs.size() < 8 && !task.attempts().isEmpty()) {
                proofs.add(standing(task));
            }
        }
        return proofs;
    }

    /** How many rows the run stated. */
    Optional<Evidence.Proof> statedRows() {
        return evidence.at(
                run.key(), run.rowsBy(), "rows", e -> Objects.equals(rows(e), run.rows()));
    }

    /** How many rows a task did. */
    Optional<Evidence.Proof> rows(TaskState task) {
        return evidence.near(
                run,
                task.reportedBy(),
                task.name() + ": rows",
                e -> of(e, task) && Objects.equals(rows(e), task.rows()));
    }

    /** How far a task is. */
    Optional<Evidence.Proof> progress(TaskState task) {
        return evidence.near(
                run,
                task.reportedBy(),
                task.name() + ": progress",
                e ->
                        of(e, task)
                                && e instanceof Event.Progress p
                                && Objects.equals(p.progress(), task.progress()));
    }

    /** Where a task stands: how its latest attempt ended, or that it began. */
    Optional<Evidence.Proof> standing(TaskState task) {
        if (task.attempts().isEmpty()) {
            return run.status().terminal() ? ended() : plan();
        }
        AttemptState latest = task.attempts().getLast();
        return latest.endedBy() == null ? began(task, latest) : ended(task, latest);
    }

    /** That an attempt began. */
    Optional<Evidence.Proof> began(TaskState task, AttemptState attempt) {
        return evidence.at(
                run.key(),
                attempt.startedBy(),
                label(task, attempt) + " started",
                e -> of(e, task) && e.timestamp().equals(attempt.startedAt()));
    }

    /** That an attempt ended, and how. */
    Optional<Evidence.Proof> ended(TaskState task, AttemptState attempt) {
        return evidence.at(
                run.key(),
                attempt.endedBy(),
                label(task, attempt)
                        + (attempt.status().terminal() ? " " + attempt.status().wireName() : ""),
                e -> e.timestamp().equals(attempt.endedAt()));
    }

    private static String label(TaskState task, AttemptState attempt) {
        return task.attempts().size() == 1
                ? task.name()
                : task.name() + " attempt " + attempt.number();
    }

    private static boolean of(Event event, TaskState task) {
        return task.name().equals(event.subject().task());
    }

    private static @Nullable Long rows(Event event) {
        return switch (event) {
            case Event.Progress e -> e.rows();
            case Event.Complete e -> e.rows();
            case Event.PartialResults e -> e.rows();
            case Event.WorkflowComplete e -> e.rows();
            default -> null;
        };
    }
}
