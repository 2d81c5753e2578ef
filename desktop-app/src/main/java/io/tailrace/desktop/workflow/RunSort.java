package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.RunState;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** In which order runs stand in the list. */
public enum RunSort {
    NEWEST(text("workflow.sort.newest")),
    LIVE(text("workflow.sort.live")),
    LONGEST(text("workflow.sort.longest")),
    PROBLEMS(text("workflow.sort.problems")),
    NAME(text("workflow.sort.name"));

    private final String words;

    RunSort(String words) {
        this.words = words;
    }

    /** What people read. */
    public String words() {
        return words;
    }

    /** The runs, given newest first, in this order; equal ones stay newest first. */
    List<RunState> sorted(List<RunState> runs, Instant now) {
        return switch (this) {
            case NEWEST -> runs;
            case LIVE -> by(runs, Comparator.comparing(run -> run.status().terminal()));
            case LONGEST ->
                    by(runs, Comparator.comparing((RunState run) -> run.elapsed(now)).reversed());
            case PROBLEMS ->
                    by(
                            runs,
                            Comparator.comparing((RunState run) -> run.error() == null)
                                    .thenComparing(RunState::errors, Comparator.reverseOrder())
                                    .thenComparing(RunState::warnings, Comparator.reverseOrder()));
            case NAME -> by(runs, Comparator.comparing(run -> run.key().workflow()));
        };
    }

    private static List<RunState> by(List<RunState> runs, Comparator<RunState> order) {
        return runs.stream().sorted(order).toList();
    }
}
