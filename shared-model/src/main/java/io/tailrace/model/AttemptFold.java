package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One attempt being folded: what was said of it, in whatever order. Confined to its table. */
final class AttemptFold {

    final int number;
    TaskStatus status = TaskStatus.RUNNING;
    private @Nullable Instant startedAt;
    private @Nullable Cursor startedBy;
    private @Nullable Instant endedAt;
    private @Nullable Cursor endedBy;
    private @Nullable String error;

    AttemptFold(int number) {
        this.number = number;
    }

    /**
     * Takes up a state that {@link #state} gave.
     *
     * @param runEndedBy the entry that ended the run: an attempt that ended by it is open, as far
     *     as was said
     */
    static AttemptFold of(AttemptState state, @Nullable Cursor runEndedBy) {
        AttemptFold fold = new AttemptFold(state.number());
        fold.startedAt = state.startedAt();
        fold.startedBy = state.startedBy();
        boolean inferred = state.endedBy() == null || state.endedBy().equals(runEndedBy);
        if (state.status().terminal() && !inferred) {
            fold.status = state.status();
            fold.endedAt = state.endedAt();
            fold.endedBy = state.endedBy();
            fold.error = state.error();
        } else if (state.status() == TaskStatus.PAUSED) {
            fold.status = TaskStatus.PAUSED;
        }
        return fold;
    }

    /** It was at work then; the earliest such moment is its start. */
    void working(Instant at, Cursor by) {
        if (startedAt == null || at.isBefore(startedAt)) {
            startedAt = at;
            startedBy = by;
        }
    }

    /** It ended; what ended once stays as it is, but for a failure that was not known of. */
    void end(TaskStatus how, Instant at, Cursor by, @Nullable String why) {
        if (!status.terminal() || (how == TaskStatus.FAILED && status != how)) {
            status = how;
            endedAt = at;
            endedBy = by;
            error = why;
        }
    }

    boolean failedLike(Instant at, @Nullable String why) {
        return status == TaskStatus.FAILED
                && at.equals(endedAt)
                && why != null
                && why.equals(error);
    }

    @Nullable Cursor endedBy() {
        return endedBy;
    }

    @Nullable Instant endedAt() {
        return endedAt;
    }

    @Nullable String error() {
        return error;
    }

    @Nullable Instant startedAt() {
        return startedAt;
    }

    /** As it was said. */
    AttemptState state() {
        return new AttemptState(number, status, startedAt, endedAt, error, startedBy, endedBy);
    }

    /** As it looks when something else tells that it is over. */
    AttemptState closed(TaskStatus as, @Nullable Instant at, @Nullable Cursor by) {
        return status.terminal()
                ? state()
                : new AttemptState(number, as, startedAt, at, null, startedBy, by);
    }
}
