package io.tailrace.desktop;

import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsStatus;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.TaskChoice;
import io.tailrace.model.AttemptState;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the log at the run that is drawn above it. Who removed the run from the filter sees all
 * runs until a run is chosen again; who reads a paused log keeps its lines when a newer run begins.
 * FX thread only.
 */
final class RunLines {

    private final RunsModel runs;
    private final LogsModel logs;
    private boolean all; // somebody removed the run from the filter

    RunLines(RunsModel runs, LogsModel logs) {
        this.runs = runs;
        this.logs = logs;
        logs.filterProperty()
                .addListener((_, before, now) -> {
                    all = now.run() == null && (all || before.run() != null);
                });
        logs.statusProperty().map(LogsStatus::following).addListener((_, _, _) -> mayShow());
        runs.following().subscribe(newest -> show(newest));
        runs.selected().subscribe(_ -> changed());
        runs.chosen().subscribe(_ -> fetch());
        logs.filterProperty().subscribe(_ -> fetch());
        logs.links().onOpen(this::linked);
    }

    /** The run of a line that somebody was sent is chosen, when it is one of the runs. */
    private void linked(RunKey run) {
        if (runs.all().stream().anyMatch(known -> known.key().equals(run))) {
            runs.select(run);
            runs.rows().reveal(run);
        }
    }

    /** What the console does not hold of the run that the log shows comes from the gateway. */
    private void fetch() {
        RunState run = runs.chosen().get();
        if (run != null && run.key().equals(logs.filterProperty().get().run())) {
            logs.history().fetch(run.key(), run.startedBy(), run.endedBy());
        }
    }

    /** A chosen task's lines, at its error when it failed. */
    void show(TaskChoice choice) {
        show();
        logs.showTask(choice.task());
        RunState run = runs.chosen().get();
        if (run != null && run.key().equals(choice.run()) && choice.task() != null) {
            run.task(choice.task())
                    .flatMap(RunLines::lastFailure)
                    .ifPresent(failed ->
                            logs.openNear(failed, choice.run(), choice.task(), Level.ERROR));
        }
    }

    private static Optional<Cursor> lastFailure(TaskState task) {
        return task.attempts().reversed().stream()
                .filter(attempt -> attempt.error() != null)
                .map(AttemptState::endedBy)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Narrows the log to the run that is drawn. */
    void show() {
        RunKey run = runs.selected().get();
        if (!Objects.equals(run, logs.filterProperty().get().run())) {
            logs.showRun(run);
        }
        all = false;
    }

    /** Who asks for the newest run asks for its newest lines, too. */
    private void show(boolean newest) {
        if (newest) {
            logs.follow(); // shows the run that is chosen next, if the log was paused
        }
        show();
    }

    private void changed() {
        if (runs.following().get()) {
            mayShow(); // nobody asked for that
        } else {
            show();
        }
    }

    private void mayShow() {
        if (!all && logs.statusProperty().get().following()) {
            show();
        }
    }
}
