package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;

import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier good runs of a workflow took: the grey behind the bars.
 *
 * @param runs how many good runs it rests on
 * @param total how long a whole run took, the median
 * @param totalP90 nine of ten runs took no longer
 * @param tasks by the task's name
 */
record Baseline(int runs, Duration total, Duration totalP90, Map<String, Band> tasks) {

    /** Fewer good runs than this say nothing. */
    static final int MIN_RUNS = 3;

    /** Older runs than the newest so many say nothing about today. */
    static final int MAX_RUNS = 20;

    /** Copies the map. */
    Baseline {
        tasks = Map.copyOf(tasks);
    }

    /**
     * The runs that a run may be compared with: those of its workflow that succeeded and began
     * before it, the newest first.
     *
     * @param runs all runs, newest first
     */
    static List<RunState> comparable(List<RunState> runs, RunState with) {
        List<RunState> good = new ArrayList<>();
        for (RunState run : runs) {
            if (run.status() == RunStatus.SUCCEEDED
                    && run.startedAt() != null
                    && run.endedAt() != null
                    && run.key().workflow().equals(with.key().workflow())
                    && run.key().workspace().equals(with.key().workspace())
                    && !run.key().equals(with.key())
                    && before(run, with)) {
                good.add(run);
                if (good.size() == MAX_RUNS) {
                    break;
                }
            }
        }
        return good;
    }

    /** Worked out of good runs; empty when there are too few. */
    static Optional<Baseline> of(List<RunState> good) {
        if (good.size() < MIN_RUNS) {
            return Optional.empty();
        }
        Samples totals = new Samples();
        Map<String, Samples> starts = new HashMap<>();
        Map<String, Samples> lengths = new HashMap<>();
        for (RunState run : good) {
            totals.add(run.elapsed(run.updatedAt()));
            for (TaskState task : run.tasks()) {
                Instant start = task.startedAt();
                if (task.status() == TaskStatus.SUCCEEDED
                        && start != null
                        && task.endedAt() != null
                        && run.startedAt() != null) {
                    starts.computeIfAbsent(task.name(), _ -> new Samples())
                            .add(Duration.between(run.startedAt(), start));
                    lengths.computeIfAbsent(task.name(), _ -> new Samples())
                            .add(task.elapsed(run.updatedAt()));
                }
            }
        }
        Map<String, Band> bands = new HashMap<>();
        lengths.forEach((name, samples) -> {
            Samples begun = starts.get(name);
            if (samples.size() >= MIN_RUNS && begun != null) {
                bands.put(
                        name,
                        new Band(
                                begun.quantile(0.5), samples.quantile(0.5), samples.quantile(0.9)));
            }
        });
        return Optional.of(
                new Baseline(good.size(), totals.quantile(0.5), totals.quantile(0.9), bands));
    }

    /** What the grey means, in words. */
    String sentence() {
        return count("workflow.baseline", runs);
    }

    /** The band of a task, or null. */
    @Nullable Band band(String task) {
        return tasks.get(task);
    }

    private static boolean before(RunState run, RunState other) {
        return run.startedAt() == null
                || other.startedAt() == null
                || !run.startedAt().isAfter(other.startedAt());
    }
}
