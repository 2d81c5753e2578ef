package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

/**
 * A row of the list of runs: a run and where it stands in the tree of those who started each other.
 *
 * @param run the run
 * @param depth how many runs it stands below
 * @param within how many runs it started, at any depth
 * @param open whether those stand below it
 * @param sums what is wrong with it, and with all within it when they are not shown
 */
public record RunRow(RunState run, int depth, int within, boolean open, Sums sums) {

    /**
     * What is wrong in one run or in several.
     *
     * @param warnings log lines at WARN
     * @param errors log lines at ERROR
     * @param failed the first run within that failed, as people call it; empty when none did
     * @param live how many runs within are not over
     */
    public record Sums(long warnings, long errors, String failed, int live) {

        Sums plus(RunState run) {
            boolean fails = failed.isEmpty() && run.status() == RunStatus.FAILED;
            return new Sums(
                    warnings + run.warnings(),
                    errors + run.errors(),
                    fails ? run.key().workflow() : failed,
                    live + (run.status().terminal() ? 0 : 1));
        }
    }

    /** A run that stands for itself. */
    static RunRow of(RunState run) {
        return new RunRow(run, 0, 0, false, own(run));
    }

    static Sums own(RunState run) {
        return new Sums(run.warnings(), run.errors(), "", 0);
    }

    /** Which run. */
    public RunKey key() {
        return run.key();
    }

    /** Whether runs stand within it that are not shown. */
    boolean folded() {
        return within > 0 && !open;
    }
}
