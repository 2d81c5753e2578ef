package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

/** How runs and tasks are said in few words. */
public final class RunWords {

    private RunWords() {}

    /** The colour of a run's state. */
    static Tone tone(RunStatus status) {
        return switch (status) {
            case RUNNING -> Tone.ACCENT;
            case PAUSED -> Tone.WARN;
            case SUCCEEDED -> Tone.OK;
            case FAILED -> Tone.ERROR;
            case CANCELLED -> Tone.MUTED;
        };
    }

    /** The colour of a task's state. */
    static Tone tone(TaskStatus status) {
        return switch (status) {
            case RUNNING -> Tone.ACCENT;
            case PAUSED, RETRYING -> Tone.WARN;
            case SUCCEEDED -> Tone.OK;
            case FAILED -> Tone.ERROR;
            case WAITING, SKIPPED, CANCELLED -> Tone.MUTED;
        };
    }

    /** State and progress: {@code running 63 %}, {@code done}, {@code failed}. */
    static String state(RunState run) {
        Double progress = run.progress();
        boolean over = run.status().terminal();
        return progress == null || over
                ? word(run.status())
                : text("workflow.progress", word(run.status()), Numbers.percent(progress));
    }

    /** Where a run stands, in a word. */
    public static String word(RunStatus status) {
        return switch (status) {
            case RUNNING -> text("workflow.running");
            case PAUSED -> text("workflow.paused");
            case SUCCEEDED -> text("workflow.done");
            case FAILED -> text("workflow.failed");
            case CANCELLED -> text("workflow.cancelled");
        };
    }

    /** Where a task, or one attempt of it, stands. */
    static String word(TaskStatus status) {
        return switch (status) {
            case WAITING -> text("workflow.waiting");
            case RUNNING -> text("workflow.running");
            case PAUSED -> text("workflow.paused");
            case RETRYING -> text("workflow.retrying");
            case SUCCEEDED -> text("workflow.done");
            case FAILED -> text("workflow.failed");
            case SKIPPED -> text("workflow.skipped");
            case CANCELLED -> text("workflow.cancelled");
        };
    }

    /** What was asked of a run. */
    static String verb(CommandVerb verb) {
        return switch (verb) {
            case CANCEL -> text("workflow.verb.cancel");
            case PAUSE -> text("workflow.verb.pause");
            case RESUME -> text("workflow.verb.resume");
            case RETRY -> text("workflow.verb.retry");
        };
    }

    /** What is wrong with a run and with what is folded away within it; empty when nothing is. */
    static String problem(RunRow row) {
        RunState run = row.run();
        RunRow.Sums sums = row.sums();
        if (run.status() == RunStatus.FAILED || run.status() == RunStatus.CANCELLED) {
            return problem(run);
        }
        String task = failedTask(run);
        String failed = task.isEmpty() ? sums.failed() : task;
        if (!failed.isEmpty()) {
            return text("workflow.failedTask", failed);
        }
        if (sums.errors() > 0) {
            return text("workflow.err", Numbers.grouped(sums.errors()));
        }
        if (run.status() == RunStatus.PAUSED) {
            return word(RunStatus.PAUSED);
        }
        return warnings(sums.warnings());
    }

    /** How grave that is. */
    static Tone problemTone(RunRow row) {
        boolean inside = !row.sums().failed().isEmpty() || row.sums().errors() > 0;
        boolean over = row.run().status() == RunStatus.CANCELLED;
        return inside && !over ? Tone.ERROR : problemTone(row.run());
    }

    /** What is wrong with a run; empty when nothing is. */
    static String problem(RunState run) {
        return switch (run.status()) {
            case CANCELLED -> word(RunStatus.CANCELLED);
            case FAILED -> {
                String task = failedTask(run);
                yield task.isEmpty() ? word(RunStatus.FAILED) : text("workflow.failedTask", task);
            }
            case RUNNING, PAUSED, SUCCEEDED -> {
                String task = failedTask(run);
                if (!task.isEmpty()) {
                    yield text("workflow.failedTask", task);
                }
                if (run.errors() > 0) {
                    yield text("workflow.err", Numbers.grouped(run.errors()));
                }
                if (run.status() == RunStatus.PAUSED) {
                    yield word(RunStatus.PAUSED);
                }
                yield warnings(run.warnings());
            }
        };
    }

    /** The errors of a run whose failure is said elsewhere; empty when there are none. */
    static String errorsBesideFailure(RunState run) {
        boolean said = run.status() == RunStatus.FAILED && run.errors() > 0;
        return said ? text("workflow.err", Numbers.grouped(run.errors())) : "";
    }

    /** How grave that is. */
    static Tone problemTone(RunState run) {
        if (run.status() == RunStatus.CANCELLED) {
            return Tone.MUTED;
        }
        boolean failed = run.status() == RunStatus.FAILED || !failedTask(run).isEmpty();
        return failed || run.errors() > 0 ? Tone.ERROR : Tone.WARN;
    }

    private static String warnings(long warnings) {
        return warnings > 0 ? text("workflow.warn", Numbers.grouped(warnings)) : "";
    }

    private static String failedTask(RunState run) {
        for (TaskState task : run.tasks()) {
            if (task.status() == TaskStatus.FAILED) {
                return task.name();
            }
        }
        return "";
    }
}
