package io.tailrace.desktop.workflow;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Two runs side by side, task by task: those that differ most come first.
 *
 * @param rows the tasks of both
 * @param longest the longest of all their times
 */
record Comparison(List<Row> rows, Duration longest) {

    /** Copies the list. */
    Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * A task of both runs.
     *
     * @param one how long it took in the first run; null when it did not run there
     * @param other the same in the second
     * @param status where it stands in the first; null when that does not have it
     * @param otherStatus the same in the second
     */
    record Row(
            String task,
            @Nullable Duration one,
            @Nullable Duration other,
            @Nullable TaskStatus status,
            @Nullable TaskStatus otherStatus) {

        boolean ended() {
            return status != null && status.terminal();
        }

        boolean otherEnded() {
            return otherStatus != null && otherStatus.terminal();
        }

        /** Whether one can be quicker than the other: both have ended. */
        boolean comparable() {
            return ended() && otherEnded();
        }

        /** How much longer it took in the first run. */
        Duration more() {
            return (one == null ? Duration.ZERO : one).minus(other == null ? Duration.ZERO : other);
        }
    }

    static Comparison of(RunState one, RunState other, Instant now) {
        Set<String> names = new LinkedHashSet<>();
        one.tasks().forEach(task -> names.add(task.name()));
        other.tasks().forEach(task -> names.add(task.name()));
        List<Row> rows = new ArrayList<>();
        Duration longest = Duration.ofMillis(1);
        for (String name : names) {
            Row row =
                    new Row(
                            name,
                            length(one, name, now),
                            length(other, name, now),
                            one.task(name).map(TaskState::status).orElse(null),
                            other.task(name).map(TaskState::status).orElse(null));
            rows.add(row);
            longest = max(longest, max(row.one(), row.other()));
        }
        rows.sort(Comparator.comparing((Row row) -> row.more().abs()).reversed());
        return new Comparison(rows, longest);
    }

    private static Duration max(@Nullable Duration one, @Nullable Duration other) {
        Duration a = one == null ? Duration.ZERO : one;
        Duration b = other == null ? Duration.ZERO : other;
        return a.compareTo(b) > 0 ? a : b;
    }

    private static @Nullable Duration length(RunState run, String name, Instant now) {
        return run.task(name)
                .filter(task -> !task.attempts().isEmpty())
                .filter(task -> task.status() != TaskStatus.SKIPPED)
                .map((TaskState task) -> task.elapsed(now))
                .orElse(null);
    }
}
