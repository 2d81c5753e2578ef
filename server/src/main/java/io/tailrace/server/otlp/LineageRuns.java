package io.tailrace.server.otlp;

import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

/** Knows what OpenLineage told of its runs. Thread-safe. */
@FunctionalInterface
public interface LineageRuns {

    /** Knows none. */
    LineageRuns NONE = (_, _) -> null;

    /**
     * The run of ours, and the task of it, that a run of OpenLineage is; null when nothing is known
     * of it.
     *
     * @param teller who must have told of it
     * @param run its id
     */
    @Nullable Subject find(String teller, String run);
}
