package io.tailrace.publisher;

import io.tailrace.model.Event;
import io.tailrace.model.Subject;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

/** One task as its pipeline tells it, attempt after attempt. Thread-safe. */
public final class TaskScope extends Scope {

    private final String name;
    private volatile Subject subject; // changes with each attempt and step
    private volatile boolean ended;

    TaskScope(Publisher publisher, Subject run, String name) {
        super(publisher);
        this.name = name;
        this.subject = run.withTask(name, 1);
    }

    /** The task's name. */
    public String name() {
        return name;
    }

    /** Which try this is, from 1. */
    public int attempt() {
        Integer attempt = subject.attempt();
        return attempt == null ? 1 : attempt;
    }

    /** An attempt begins: the first, or after a failed one the next. */
    public TaskScope start() {
        synchronized (this) {
            int number = ended ? attempt() + 1 : attempt();
            subject = subject.withTask(name, number);
            ended = false;
        }
        status(TaskStatus.RUNNING.wireName(), null);
        return this;
    }

    /** What the task is doing now; later events say so too. */
    public TaskScope step(@Nullable String step) {
        synchronized (this) {
            Subject s = subject;
            subject =
                    new Subject(s.workspace(), s.workflow(), s.run(), s.task(), s.attempt(), step);
        }
        return this;
    }

    /**
     * How far the attempt is.
     *
     * @param percent 0 to 100
     * @param rows rows so far in this attempt
     */
    public void progress(double percent, @Nullable Long rows, @Nullable String message) {
        publish(new Event.Progress(runsHeader(), percent(percent), rows, message));
    }

    /** The attempt succeeded. */
    public void complete(@Nullable Long rows) {
        complete(rows, null);
    }

    /** The attempt succeeded. */
    public void complete(@Nullable Long rows, @Nullable String message) {
        ended = true;
        publish(new Event.Complete(runsHeader(), rows, message));
    }

    /**
     * The attempt failed.
     *
     * @param willRetry whether another attempt follows
     */
    public void failed(Throwable error, boolean willRetry) {
        ended = true;
        String sentence = sentence(error);
        publish(new Event.Failed(runsHeader(), sentence, stackTrace(error), willRetry));
    }

    /** The task is not needed. */
    public void skipped(String message) {
        ended = true;
        status(TaskStatus.SKIPPED.wireName(), message);
    }

    /** The attempt was cancelled. */
    public void cancelled(String message) {
        ended = true;
        status(TaskStatus.CANCELLED.wireName(), message);
    }

    /** Results of the run that stand already, by this task. */
    public void partial(long rows, String message) {
        publish(new Event.PartialResults(runsHeader(), rows, message));
    }

    /**
     * Names the task and its attempt to loggers: until the answer is closed, lines that this thread
     * logs through the {@link TailraceAppender} or the {@link TailraceHandler} belong to the task.
     */
    public LogContext logContext() {
        return LogContext.of(subject);
    }

    @Override
    Subject subject() {
        return subject;
    }
}
