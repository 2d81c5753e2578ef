package io.tailrace.publisher;

import io.tailrace.model.Event;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** One run as its pipeline tells it. Thread-safe. */
public final class RunScope extends Scope {

    private final Subject subject;
    private final Map<String, TaskScope> tasks = new ConcurrentHashMap<>();
    private final ObedientRuns runs;
    private final RunControl control;

    RunScope(Publisher publisher, Subject subject, ObedientRuns runs) {
        super(publisher);
        this.subject = subject;
        this.runs = runs;
        this.control = runs.begin(Objects.requireNonNull(subject.run()));
    }

    /** The run's name. */
    public String run() {
        return Objects.requireNonNull(subject.run());
    }

    /** The task of that name, the same object each time. */
    public TaskScope task(String name) {
        return tasks.computeIfAbsent(name, n -> new TaskScope(publisher(), subject, n));
    }

    /**
     * Obeys what somebody commanded, where {@link Workflow#obey} listens: waits here while the run
     * is paused. Costs next to nothing otherwise, so call it often: wherever the run can be left.
     *
     * @throws RunCancelledException when the run was cancelled, or this thread was interrupted
     *     while the run was paused
     */
    public void checkpoint() {
        control.checkpoint(this);
    }

    /** How far the whole run is, 0 to 100. */
    public void progress(double percent, @Nullable String message) {
        publish(new Event.WorkflowProgress(runsHeader(), percent(percent), message));
    }

    /** Results that stand already. */
    public void partial(long rows, String message) {
        publish(new Event.PartialResults(runsHeader(), rows, message));
    }

    /** The run pauses. */
    public void paused(String message) {
        status(RunStatus.PAUSED.wireName(), message);
    }

    /** The run goes on. */
    public void resumed(String message) {
        status(RunStatus.RUNNING.wireName(), message);
    }

    /** The run succeeded. */
    public void complete() {
        complete(null, null);
    }

    /** The run succeeded. */
    public void complete(@Nullable Long rows, @Nullable String message) {
        end(RunStatus.SUCCEEDED, rows, message, null);
    }

    /** The run failed. */
    public void failed(String error) {
        end(RunStatus.FAILED, null, null, error);
    }

    /** The run was cancelled. */
    public void cancelled(@Nullable String message) {
        end(RunStatus.CANCELLED, null, message, null);
    }

    /**
     * Names the run to loggers: until the answer is closed, lines that this thread logs through the
     * {@link TailraceAppender} or the {@link TailraceHandler} belong to the run.
     */
    public LogContext logContext() {
        return LogContext.of(subject);
    }

    @Override
    Subject subject() {
        return subject;
    }

    private void end(
            RunStatus state,
            @Nullable Long rows,
            @Nullable String message,
            @Nullable String error) {
        runs.end(run());
        publish(new Event.WorkflowComplete(runsHeader(), state, rows, message, error));
    }
}
