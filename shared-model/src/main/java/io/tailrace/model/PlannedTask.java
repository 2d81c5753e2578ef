package io.tailrace.model;

import java.util.List;

/**
 * A task that a run is going to do.
 *
 * @param name its name, unique within the run
 * @param after the tasks that must be done first
 */
public record PlannedTask(String name, List<String> after) {

    /** Copies the list. */
    public PlannedTask {
        after = List.copyOf(after);
    }
}
