package io.tailrace.publisher;

/** Repeats a run of a workflow. */
@FunctionalInterface
public interface RetryHandler {

    /**
     * Starts the run again, best with {@link Workflow#start(String, java.util.List, String,
     * String)}, which says that it repeats another one. On a thread of its own, so it may take as
     * long as the run does; what it throws is told to whoever gave the command.
     *
     * @param run the run that is to be repeated
     */
    void retry(String run);
}
