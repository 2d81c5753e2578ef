package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/**
 * One run being folded. An event costs constant time; the state for readers is built when somebody
 * asks and kept until something changes. Everything the fold remembers can be read back from that
 * state, which is what lets a reader go on from a snapshot. Confined to its table.
 */
final class RunFold {

    static final int MAX_MESSAGE = 1_000;
    static final int MAX_ERROR = 4_000;

    final RunKey key;
    private final TaskFolds tasks;
    private RunStatus status = RunStatus.RUNNING;
    private Instant startedAt;
    private @Nullable Cursor startedBy;
    private @Nullable Instant endedAt;
    private @Nullable Cursor endedBy;
    private Instant updatedAt;
    private Cursor reportedBy;
    private @Nullable Double progress; // as stated, with the entry that did
    private @Nullable Cursor progressBy;
    private @Nullable Long rows; // as stated, with the entry that did
    private @Nullable Cursor rowsBy;
    private @Nullable String message;
    private @Nullable String error; // as stated; given up once a task has failed
    private @Nullable Cursor errorBy;
    private long warnings;
    private long errors;
    private @Nullable String retryOf;
    private @Nullable RunKey parent;
    private @Nullable RunState cached;

    RunFold(RunKey key, Instant at, Cursor by) {
        this(key, at, by, new TaskFolds());
    }

    private RunFold(RunKey key, Instant at, Cursor by, TaskFolds tasks) {
        this.key = key;
        this.tasks = tasks;
        startedAt = at;
        updatedAt = at;
        reportedBy = by;
    }

    /** Takes up a state that {@link #state} gave. */
    static RunFold of(RunState state) {
        Instant start = state.startedAt() == null ? state.updatedAt() : state.startedAt();
        RunFold fold = new RunFold(state.key(), start, state.reportedBy(), TaskFolds.of(state));
        fold.status = state.status();
        fold.startedBy = state.startedBy();
        fold.endedAt = state.endedAt();
        fold.endedBy = state.endedBy();
        fold.updatedAt = state.updatedAt();
        fold.progressBy = state.progressBy();
        fold.progress = state.progressBy() == null ? null : state.progress();
        fold.rowsBy = state.rowsBy();
        fold.rows = state.rowsBy() == null ? null : state.rows();
        fold.message = state.message();
        if (!fold.tasks.anyFailed()) {
            fold.error = state.error();
            fold.errorBy = state.errorBy();
        }
        fold.warnings = state.warnings();
        fold.errors = state.errors();
        fold.retryOf = state.retryOf();
        fold.parent = state.parent();
        fold.cached = state;
        return fold;
    }

    RunStatus status() {
        return status;
    }

    Instant startedAt() {
        return startedAt;
    }

    @Nullable Instant endedAt() {
        return endedAt;
    }

    @Nullable Cursor endedBy() {
        return endedBy;
    }

    Cursor reportedBy() {
        return reportedBy;
    }

    /** Folds an event of this run; kinds that say nothing about it only count as a sign of life. */
    void apply(Cursor by, Event event) {
        cached = null;
        reportedBy = by;
        Instant at = event.timestamp();
        updatedAt = at.isAfter(updatedAt) ? at : updatedAt;
        if (event instanceof Event.Log log) {
            warnings += log.level() == Level.WARN ? 1 : 0;
            errors += log.level() == Level.ERROR ? 1 : 0;
            return;
        }
        if (startedBy == null && at.isBefore(startedAt)) {
            startedAt = at;
        }
        String task = event.subject().task();
        parent = parent == null ? Parents.of(event, key) : parent;
        switch (event) {
            case Event.WorkflowStarted e -> started(e, by);
            case Event.WorkflowProgress e -> progressed(e.progress(), null, e.message(), by);
            case Event.WorkflowComplete e -> completed(e, by);
            case Event _ when task != null -> {
                tasks.report(event, task, by, status.terminal());
                giveUpStatedError();
            }
            case Event.PartialResults e -> progressed(null, e.rows(), e.message(), by);
            case Event.Progress e -> progressed(e.progress(), e.rows(), e.message(), by);
            case Event.Complete e -> progressed(null, e.rows(), e.message(), by);
            case Event.Failed e -> wentWrong(e.error(), by);
            case Event.Status e -> changed(e, by);
            case Event.Log _, Event.Educational _, Event.Other _ -> {}
            case Event.Metric _, Event.Alert _, Event.Command _ -> {}
            case Event.ChatQuestion _, Event.ChatResponse _, Event.Control _ -> {}
        }
    }

    /** As readers see it. */
    RunState state() {
        if (cached == null) {
            cached = built();
        }
        return cached;
    }

    private void started(Event.WorkflowStarted e, Cursor by) {
        if (startedBy == null) {
            startedBy = by;
            startedAt = e.timestamp();
            retryOf = e.retryOf();
            say(e.message());
        }
        tasks.plan(e.tasks());
    }

    private void progressed(
            @Nullable Double percent, @Nullable Long count, @Nullable String text, Cursor by) {
        if (percent != null && (progress == null || percent > progress)) {
            progress = percent;
            progressBy = by;
        }
        boolean settled = rowsBy != null && rowsBy.equals(endedBy); // the end said how many
        if (count != null && !settled && (rows == null || count > rows)) {
            rows = count;
            rowsBy = by;
        }
        say(text);
    }

    private void completed(Event.WorkflowComplete e, Cursor by) {
        if (ended(e.state(), e.timestamp(), by) && e.rows() != null) {
            rows = e.rows();
            rowsBy = by;
        }
        if (by.equals(endedBy)) {
            message = e.message() == null ? message : cut(e.message(), MAX_MESSAGE);
            if (e.error() != null) {
                wentWrong(e.error(), by);
            }
        }
    }

    private void changed(Event.Status e, Cursor by) {
        String name = e.state() == null ? "" : e.state().toLowerCase(Locale.ROOT);
        RunStatus state = RunStatus.ofWireName(name).orElse(null);
        say(e.message());
        if (state == null) {
            return;
        }
        if (state.terminal()) {
            if (ended(state, e.timestamp(), by) && e.message() != null) {
                message = cut(e.message(), MAX_MESSAGE);
            }
        } else if (!status.terminal()) {
            status = state;
        }
    }

    /** The first end stands; only a failure that is reported later still counts. */
    private boolean ended(RunStatus how, Instant at, Cursor by) {
        boolean worse = how == RunStatus.FAILED && status != RunStatus.FAILED;
        if (status.terminal() && !worse) {
            return false;
        }
        status = how;
        endedAt = at;
        endedBy = by;
        if (how == RunStatus.SUCCEEDED) {
            progress = 100.0;
            progressBy = by;
            error = null;
            errorBy = null;
        }
        tasks.runEnded();
        giveUpStatedError();
        return true;
    }

    /** What the run itself says went wrong; what a failed task says is nearer to the cause. */
    private void wentWrong(String why, Cursor by) {
        if (error == null && !tasks.anyFailed() && status != RunStatus.SUCCEEDED) {
            error = cut(why, MAX_ERROR);
            errorBy = by;
        }
    }

    private void giveUpStatedError() {
        if (tasks.anyFailed()) {
            error = null;
            errorBy = null;
        }
    }

    private void say(@Nullable String text) {
        if (text != null && !status.terminal()) {
            message = cut(text, MAX_MESSAGE);
        }
    }

    private RunState built() {
        AttemptFold root = status == RunStatus.SUCCEEDED ? null : tasks.rootFailure();
        return new RunState(
                key,
                status,
                startedAt,
                endedAt,
                updatedAt,
                progress == null ? tasks.progress() : progress,
                progressBy,
                rows == null ? tasks.rows() : rows,
                rowsBy,
                message,
                root == null ? error : root.error(),
                root == null ? errorBy : root.endedBy(),
                warnings,
                errors,
                tasks.planned(),
                tasks.states(this),
                startedBy,
                endedBy,
                reportedBy,
                retryOf,
                parent);
    }

    /** At most so many characters, never half a surrogate pair. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }
}
