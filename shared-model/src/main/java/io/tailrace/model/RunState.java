package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands, folded from its events by {@link RunTable}.
 *
 * @param key which run
 * @param status where it stands
 * @param startedAt when it began, by the publisher's clock
 * @param endedAt when it ended
 * @param updatedAt the timestamp of the latest event that changed it
 * @param progress 0 to 100: what the publisher says of the run, otherwise worked out from its tasks
 *     when a plan named them
 * @param progressBy the entry that said so; null when it was worked out
 * @param rows rows done: what the publisher says of the run; otherwise the most that any one task
 *     reports. Not the sum: stages hand the same rows on, so a sum would count them several times,
 *     while this is never more than the truth
 * @param rowsBy the entry that said so; null when it was worked out
 * @param message the latest thing it said about itself
 * @param error why it failed: the first error of the task that failed first
 * @param errorBy the entry that said so
 * @param warnings log lines at WARN so far
 * @param errors log lines at ERROR so far
 * @param planned how many tasks its plan named; 0 without a plan
 * @param tasks its tasks, in the order they were planned or first seen
 * @param startedBy the entry that said it began; null when only later events were seen
 * @param endedBy the entry that said it ended
 * @param reportedBy the latest entry about it
 * @param retryOf the run that this one repeats
 * @param parent the run that started this one, of any workflow; what a pipeline of another engine
 *     says of itself in the member {@code parent}
 */
public record RunState(
        RunKey key,
        RunStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Instant updatedAt,
        @Nullable Double progress,
        @Nullable Cursor progressBy,
        @Nullable Long rows,
        @Nullable Cursor rowsBy,
        @Nullable String message,
        @Nullable String error,
        @Nullable Cursor errorBy,
        long warnings,
        long errors,
        int planned,
        List<TaskState> tasks,
        @Nullable Cursor startedBy,
        @Nullable Cursor endedBy,
        Cursor reportedBy,
        @Nullable String retryOf,
        @Nullable RunKey parent) {

    /** Copies the list. */
    public RunState {
        tasks = List.copyOf(tasks);
    }

    /** How long it took, or has taken until now; never negative, whatever clocks say. */
    public Duration elapsed(Instant now) {
        return between(startedAt, endedAt == null ? now : endedAt);
    }

    /** The task of that name. */
    public Optional<TaskState> task(String name) {
        return tasks.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** From start to end; zero without a start, and when a clock ran backwards. */
    static Duration between(@Nullable Instant start, Instant end) {
        return start == null || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }
}
