package io.tailrace.server.runs;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import java.util.List;
import java.util.Optional;

/**
 * The state of all runs at one place of the log: every entry up to it is in, none after.
 *
 * @param position the place
 * @param runs those that started last first
 */
public record RunsSnapshot(long position, List<RunState> runs) {

    /** Copies the list. */
    public RunsSnapshot {
        runs = List.copyOf(runs);
    }

    /** The run of that key, if it is known. */
    public Optional<RunState> run(RunKey key) {
        return runs.stream().filter(run -> run.key().equals(key)).findFirst();
    }
}
