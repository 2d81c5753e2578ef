package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where a task of a run stands.
 *
 * @param name its name, unique within the run
 * @param after the tasks that must be done first
 * @param status where the latest attempt stands
 * @param attempts every try in order; empty while the task waits
 * @param progress 0 to 100, when the publisher says
 * @param rows rows done so far in the latest attempt, when the publisher says
 * @param message the latest thing it said about itself
 * @param step what it is doing within the attempt
 * @param reportedBy the entry that last told its progress or rows; the latest one about it while
 *     none did
 */
public record TaskState(
        String name,
        List<String> after,
        TaskStatus status,
        List<AttemptState> attempts,
        @Nullable Double progress,
        @Nullable Long rows,
        @Nullable String message,
        @Nullable String step,
        @Nullable Cursor reportedBy) {

    /** Copies the lists. */
    public TaskState {
        after = List.copyOf(after);
        attempts = List.copyOf(attempts);
    }

    /** When the first attempt began. */
    public @Nullable Instant startedAt() {
        return attempts.isEmpty() ? null : attempts.getFirst().startedAt();
    }

    /** When the latest attempt ended; null while it goes on. */
    public @Nullable Instant endedAt() {
        return attempts.isEmpty() ? null : attempts.getLast().endedAt();
    }

    /** Why the latest attempt that failed did so. */
    public @Nullable String error() {
        return attempts.reversed().stream()
                .map(AttemptState::error)
                .filter(e -> e != null)
                .findFirst()
                .orElse(null);
    }

    /** How long it took, or has taken until now; zero before it begins, never negative. */
    public Duration elapsed(Instant now) {
        Instant end = endedAt();
        return RunState.between(startedAt(), end == null ? now : end);
    }
}
