package io.tailrace.model;

import org.jspecify.annotations.Nullable;

/**
 * What an event is about, from the widest to the narrowest.
 *
 * @param workspace the tenant
 * @param workflow the definition of the pipeline
 * @param run one execution of the workflow
 * @param task a part of the run
 * @param attempt which try of the task, from 1
 * @param step what the task is doing within the attempt
 */
public record Subject(
        @Nullable String workspace,
        @Nullable String workflow,
        @Nullable String run,
        @Nullable String task,
        @Nullable Integer attempt,
        @Nullable String step) {

    /** About nothing in particular. */
    public static final Subject NONE = new Subject(null, null, null, null, null, null);

    /** A whole run. */
    public static Subject ofRun(String workspace, String workflow, String run) {
        return new Subject(workspace, workflow, run, null, null, null);
    }

    /** A task of the same run. */
    public Subject withTask(String name, int number) {
        return new Subject(workspace, workflow, run, name, number, null);
    }

    /** The run's key, or null when the event is about no run. */
    public @Nullable RunKey runKey() {
        return workspace == null || workflow == null || run == null
                ? null
                : new RunKey(workspace, workflow, run);
    }
}
