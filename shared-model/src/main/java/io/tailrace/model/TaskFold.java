package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One task being folded. The attempt with the highest number is the current one: only its events
 * move the task, those of earlier attempts just complete their own record. Confined to its table.
 */
final class TaskFold {

    /** So many attempts are kept: the first and the latest. */
    static final int MAX_ATTEMPTS = 100;

    final String name;
    private List<String> after = List.of();
    private final List<AttemptFold> attempts = new ArrayList<>();
    private boolean retrying;
    private @Nullable Double progress;
    private @Nullable Long rows;
    private @Nullable String message;
    private @Nullable String step;
    private @Nullable Cursor reportedBy;
    private @Nullable TaskState cached;

    TaskFold(String name) {
        this.name = name;
    }

    /** Takes up a state that {@link #state} gave. */
    static TaskFold of(TaskState state, @Nullable Cursor runEndedBy) {
        TaskFold fold = new TaskFold(state.name());
        fold.after = state.after();
        for (AttemptState attempt : state.attempts()) {
            fold.attempts.add(AttemptFold.of(attempt, runEndedBy));
        }
        fold.retrying = state.status() == TaskStatus.RETRYING;
        fold.progress = state.progress();
        fold.rows = state.rows();
        fold.message = state.message();
        fold.step = state.step();
        fold.reportedBy = state.reportedBy();
        fold.cached = state;
        return fold;
    }

    void plan(List<String> predecessors) {
        after = predecessors;
        cached = null;
    }

    /** A task is at work: {@code progress}, or {@code status} running. */
    AttemptFold working(Report report, @Nullable Double percent, @Nullable Long count) {
        AttemptFold attempt = attempt(report, null);
        attempt.working(report.at(), report.by());
        if (!current(attempt)) {
            return attempt;
        }
        boolean settled =
                rows != null && reportedBy != null && reportedBy.equals(attempt.endedBy());
        boolean further = percent != null && (progress == null || percent > progress);
        boolean more = count != null && !settled && (rows == null || count > rows);
        progress = further ? percent : progress;
        rows = more ? count : rows;
        if (!attempt.status.terminal()) {
            say(report, further || more);
        } else if (more) {
            reportedBy = report.by();
        }
        return attempt;
    }

    /** A task pauses or goes on. */
    void pausing(Report report, boolean pause) {
        AttemptFold attempt = working(report, null, null);
        if (!attempt.status.terminal()) {
            attempt.status = pause ? TaskStatus.PAUSED : TaskStatus.RUNNING;
        }
    }

    /** An attempt succeeded, was skipped or was cancelled. */
    void ended(Report report, TaskStatus how, @Nullable Long count) {
        AttemptFold attempt = attempt(report, null);
        if (attempt.status.terminal()) {
            return;
        }
        attempt.end(how, report.at(), report.by(), null);
        if (current(attempt)) {
            progress = how == TaskStatus.SUCCEEDED ? Double.valueOf(100) : progress;
            rows = count == null ? rows : count;
            say(report, count != null || rows == null);
        }
    }

    /** An attempt failed. That counts late too, when it is sure which attempt is meant. */
    void failed(Report report, String error, boolean willRetry) {
        AttemptFold attempt = attempt(report, error);
        boolean known = attempt.status == TaskStatus.FAILED || report.attempt() == null;
        if (attempt.status.terminal() && known) {
            return;
        }
        attempt.end(TaskStatus.FAILED, report.at(), report.by(), error);
        if (current(attempt)) {
            retrying = willRetry;
            say(report, false);
        }
    }

    /** Something was said that moves nothing. */
    void noted(Report report) {
        boolean late =
                report.attempt() != null
                        && !attempts.isEmpty()
                        && report.attempt() < attempts.getLast().number;
        if (!late && !status().terminal()) {
            say(report, false);
        }
    }

    /** The run is over: no attempt will follow, and the look of open attempts changes. */
    void runEnded() {
        retrying = false;
        cached = null;
    }

    /** Where it stands by what was said of the task itself. */
    TaskStatus status() {
        if (attempts.isEmpty()) {
            return TaskStatus.WAITING;
        }
        return retrying ? TaskStatus.RETRYING : attempts.getLast().status;
    }

    boolean hasFailed() {
        return status() == TaskStatus.FAILED;
    }

    /** The first attempt that failed. */
    @Nullable AttemptFold firstFailure() {
        for (AttemptFold attempt : attempts) {
            if (attempt.status == TaskStatus.FAILED) {
                return attempt;
            }
        }
        return null;
    }

    List<String> after() {
        return after;
    }

    @Nullable Long rows() {
        return rows;
    }

    /** How much of it is done, 0 to 1. */
    double fraction() {
        return switch (status()) {
            case SUCCEEDED, SKIPPED -> 1;
            case WAITING, RETRYING -> 0;
            case RUNNING, PAUSED, FAILED, CANCELLED -> progress == null ? 0 : progress / 100;
        };
    }

    /** As readers see it; what the run's end tells about open tasks is filled in. */
    TaskState state(RunFold run) {
        if (cached == null) {
            cached = built(run);
        }
        return cached;
    }

    private TaskState built(RunFold run) {
        boolean over = run.status().terminal();
        TaskStatus unfinished =
                run.status() == RunStatus.SUCCEEDED ? TaskStatus.SUCCEEDED : TaskStatus.CANCELLED;
        List<AttemptState> states = new ArrayList<>(attempts.size());
        for (int i = 0; i < attempts.size(); i++) {
            AttemptFold attempt = attempts.get(i);
            if (i + 1 < attempts.size()) {
                Instant next = attempts.get(i + 1).startedAt();
                states.add(attempt.closed(TaskStatus.RETRYING, next, null));
            } else {
                states.add(
                        over
                                ? attempt.closed(unfinished, run.endedAt(), run.endedBy())
                                : attempt.state());
            }
        }
        TaskStatus status = status();
        if (over && !status.terminal()) {
            status = attempts.isEmpty() ? TaskStatus.SKIPPED : unfinished;
        }
        return new TaskState(
                name, after, status, states, progress, rows, message, step, reportedBy);
    }

    private void say(Report report, boolean numbers) {
        message = report.message() == null ? message : report.message();
        step = report.step() == null ? step : report.step();
        boolean evidence = numbers || reportedBy == null || (progress == null && rows == null);
        reportedBy = evidence ? report.by() : reportedBy;
        cached = null;
    }

    private boolean current(AttemptFold attempt) {
        return attempt == attempts.getLast();
    }

    /** The attempt a report is about; a publisher that gives no number means the current one. */
    private AttemptFold attempt(Report report, @Nullable String error) {
        cached = null;
        if (attempts.isEmpty()) {
            return begin(0, report.attempt() == null ? 1 : report.attempt());
        }
        AttemptFold last = attempts.getLast();
        if (report.attempt() == null) {
            boolean next = retrying && !last.failedLike(report.at(), error);
            return next ? begin(attempts.size(), last.number + 1) : last;
        }
        int number = report.attempt();
        int i = attempts.size();
        while (i > 0 && attempts.get(i - 1).number > number) {
            i--;
        }
        return i > 0 && attempts.get(i - 1).number == number
                ? attempts.get(i - 1)
                : begin(i, number);
    }

    private AttemptFold begin(int index, int number) {
        AttemptFold attempt = new AttemptFold(number);
        if (index == attempts.size()) {
            retrying = false;
            progress = null;
            rows = null;
            step = null;
            reportedBy = null;
        }
        attempts.add(index, attempt);
        if (attempts.size() > MAX_ATTEMPTS) {
            attempts.remove(1);
        }
        return attempt;
    }

    /**
     * What every event about a task tells.
     *
     * @param attempt which try, when the publisher says
     */
    record Report(
            @Nullable Integer attempt,
            Instant at,
            Cursor by,
            @Nullable String message,
            @Nullable String step) {}
}
