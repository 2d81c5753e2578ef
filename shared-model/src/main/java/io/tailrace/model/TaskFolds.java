package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tasks of one run being folded, and what follows from them all. Confined to its table. */
final class TaskFolds {

    /** A run shows at most so many tasks; events about further ones only count for the run. */
    static final int MAX_TASKS = 10_000;

    private Map<String, TaskFold> tasks = new LinkedHashMap<>();
    private int planned;
    private int failed;

    /** Takes up what {@link #states} gave. */
    static TaskFolds of(RunState run) {
        TaskFolds folds = new TaskFolds();
        folds.planned = run.planned();
        for (TaskState state : run.tasks()) {
            TaskFold task = TaskFold.of(state, run.endedBy());
            folds.tasks.put(state.name(), task);
            folds.failed += task.hasFailed() ? 1 : 0;
        }
        return folds;
    }

    int planned() {
        return planned;
    }

    boolean anyFailed() {
        return failed > 0;
    }

    /** Planned tasks come first, in the plan's order, also when the plan comes late. */
    void plan(List<PlannedTask> plan) {
        if (planned > 0 || plan.isEmpty()) {
            return;
        }
        Map<String, TaskFold> ordered = new LinkedHashMap<>();
        for (PlannedTask task : plan.subList(0, Math.min(plan.size(), MAX_TASKS))) {
            TaskFold known = tasks.get(task.name());
            TaskFold fold = known == null ? new TaskFold(task.name()) : known;
            if (known == null || !task.after().isEmpty()) {
                fold.plan(task.after());
            }
            ordered.putIfAbsent(task.name(), fold);
        }
        planned = ordered.size();
        tasks.forEach(ordered::putIfAbsent);
        tasks = ordered;
    }

    /** Folds an event that names a task. */
    void report(Event event, String name, Cursor by, boolean runOver) {
        TaskFold task = task(name);
        if (task == null) {
            return;
        }
        if (task.after().isEmpty()) {
            waitsFor(task, event.header().fields().get("after"));
        }
        failed -= task.hasFailed() ? 1 : 0;
        switch (event) {
            case Event.Progress e ->
                    task.working(report(e, e.message(), by), e.progress(), e.rows());
            case Event.PartialResults e -> task.working(report(e, e.message(), by), null, e.rows());
            case Event.Complete e ->
                    task.ended(report(e, e.message(), by), TaskStatus.SUCCEEDED, e.rows());
            case Event.Failed e ->
                    task.failed(report(e, null, by), cut(e.error()), e.willRetry() && !runOver);
            case Event.Status e -> status(task, e, report(e, e.message(), by), runOver);
            case Event.Educational e -> task.noted(report(e, null, by));
            case Event.Other _, Event.Log _, Event.Metric _, Event.Alert _ -> {}
            case Event.WorkflowStarted _, Event.WorkflowProgress _ -> {}
            case Event.WorkflowComplete _, Event.Command _ -> {}
            case Event.ChatQuestion _, Event.ChatResponse _, Event.Control _ -> {}
        }
        failed += task.hasFailed() ? 1 : 0;
    }

    /** What a task says itself about those that must be done first, where no plan does. */
    private static void waitsFor(TaskFold task, @Nullable Object after) {
        if (after instanceof List<?> names && !names.isEmpty()) {
            task.plan(
                    names.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .limit(MAX_TASKS)
                            .toList());
        }
    }

    /** No attempt will follow. */
    void runEnded() {
        failed = 0;
        for (TaskFold task : tasks.values()) {
            task.runEnded();
            failed += task.hasFailed() ? 1 : 0;
        }
    }

    /** As readers see them. */
    List<TaskState> states(RunFold run) {
        List<TaskState> states = new ArrayList<>(tasks.size());
        for (TaskFold task : tasks.values()) {
            states.add(task.state(run));
        }
        return states;
    }

    /** 0 to 100 over all tasks; null when no plan says how many there are. */
    @Nullable Double progress() {
        if (planned == 0) {
            return null;
        }
        double done = 0;
        for (TaskFold task : tasks.values()) {
            done += task.fraction();
        }
        return Math.min(100, Math.round(10_000 * done / tasks.size()) / 100.0);
    }

    /** The most that any one task reports. */
    @Nullable Long rows() {
        Long most = null;
        for (TaskFold task : tasks.values()) {
            Long rows = task.rows();
            most = most == null || (rows != null && rows > most) ? rows : most;
        }
        return most;
    }

    /** The first failed attempt of the task that failed first, before any that wait for it. */
    @Nullable AttemptFold rootFailure() {
        AttemptFold root = null;
        AttemptFold first = null; // what is left when a plan is a circle
        for (TaskFold task : tasks.values()) {
            if (task.hasFailed()) {
                first = earlier(first, task.firstFailure());
                if (task.after().stream().noneMatch(this::failed)) {
                    root = earlier(root, task.firstFailure());
                }
            }
        }
        return root == null ? first : root;
    }

    private boolean failed(String name) {
        TaskFold task = tasks.get(name);
        return task != null && task.hasFailed();
    }

    private @Nullable TaskFold task(String name) {
        TaskFold task = tasks.get(name);
        if (task == null && tasks.size() < MAX_TASKS) {
            task = new TaskFold(name);
            tasks.put(name, task);
        }
        return task;
    }

    private static void status(
            TaskFold task, Event.Status event, TaskFold.Report report, boolean runOver) {
        String state = event.state() == null ? "" : event.state().toLowerCase(Locale.ROOT);
        String error = event.message() == null ? "failed" : cut(event.message());
        switch (state) {
            case "running" -> task.pausing(report, false);
            case "paused" -> task.pausing(report, true);
            case "succeeded" -> task.ended(report, TaskStatus.SUCCEEDED, null);
            case "skipped" -> task.ended(report, TaskStatus.SKIPPED, null);
            case "cancelled" -> task.ended(report, TaskStatus.CANCELLED, null);
            case "failed" -> task.failed(report, error, false);
            case "retrying" -> task.failed(report, error, !runOver);
            default -> task.noted(report);
        }
    }

    private static @Nullable AttemptFold earlier(
            @Nullable AttemptFold one, @Nullable AttemptFold other) {
        Instant first = one == null ? null : one.endedAt();
        Instant second = other == null ? null : other.endedAt();
        if (first == null || second == null) {
            return first == null ? other : one;
        }
        return second.isBefore(first) ? other : one;
    }

    private static TaskFold.Report report(Event event, @Nullable String message, Cursor by) {
        Subject subject = event.subject();
        return new TaskFold.Report(
                subject.attempt(),
                event.timestamp(),
                by,
                message == null ? null : RunFold.cut(message, RunFold.MAX_MESSAGE),
                subject.step());
    }

    private static String cut(String error) {
        return RunFold.cut(error, RunFold.MAX_ERROR);
    }
}
