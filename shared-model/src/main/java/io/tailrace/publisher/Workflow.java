package io.tailrace.publisher;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** A workflow whose runs this process reports. Thread-safe. */
public final class Workflow {

    private static final DateTimeFormatter RUN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Publisher publisher;
    private final String workspace;
    private final String name;
    private final ObedientRuns runs = new ObedientRuns();

    /**
     * A workflow of a workspace.
     *
     * @throws IllegalArgumentException when these cannot be names
     */
    Workflow(Publisher publisher, String workspace, String name) {
        Channel _ = Channel.runs(workspace, name); // checks both
        this.publisher = publisher;
        this.workspace = workspace;
        this.name = name;
    }

    /** A run begins; its tasks are not known beforehand. */
    public RunScope start() {
        return start(List.of());
    }

    /** A run begins that is going to do these tasks. */
    public RunScope start(List<PlannedTask> tasks) {
        return start(newRunName(), tasks, null, null);
    }

    /**
     * A run begins.
     *
     * @param run its name, unique within the workflow
     * @param retryOf the run that it repeats
     */
    public RunScope start(
            String run,
            List<PlannedTask> tasks,
            @Nullable String message,
            @Nullable String retryOf) {
        Subject subject = Subject.ofRun(workspace, name, run);
        Channel channel = Channel.runs(workspace, name);
        publisher.publish(
                new Event.WorkflowStarted(
                        Header.of(channel, Instant.now(), subject), message, tasks, retryOf));
        return new RunScope(publisher, subject, runs);
    }

    /**
     * From now on, runs that are started here obey commands at each {@link RunScope#checkpoint},
     * until the answer is closed; close it before the publisher. Each command is answered; those
     * about other runs are left to other processes. Nothing is repeated.
     */
    public CommandListener obey() {
        return new CommandListener(publisher, workspace, name, runs.retrying(null));
    }

    /**
     * The same, and repeats runs that have ended. Where several processes work on one workflow only
     * one of them should.
     */
    public CommandListener obey(RetryHandler retry) {
        return new CommandListener(publisher, workspace, name, runs.retrying(retry));
    }

    /** A name for a run that says when it began and that nothing else has. */
    public static String newRunName() {
        return RUN_NAME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 4);
    }
}
