package io.tailrace.desktop.workflow;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

/** How runs and tasks are said in few words. */
final class RunWords {

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
        String percent = progress == null ? "" : " " + Numbers.percent(progress);
        return switch (run.status()) {
            case RUNNING -> "running" + percent;
            case PAUSED -> "paused" + percent;
            case SUCCEEDED -> "done";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
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
            return "failed: " + failed;
        }
        if (sums.errors() > 0) {
            return Numbers.grouped(sums.errors()) + " err";
        }
        if (run.status() == RunStatus.PAUSED) {
            return "paused";
        }
        return sums.warnings() > 0 ? Numbers.grouped(sums.warnings()) + " warn" : "";
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
            case CANCELLED -> "cancelled";
            case FAILED -> {
                String task = failedTask(run);
                yield task.isEmpty() ? "failed" : "failed: " + task;
            }
            case RUNNING, PAUSED, SUCCEEDED -> {
                String task = failedTask(run);
                if (!task.isEmpty()) {
                    yield "failed: " + task;
                }
                if (run.errors() > 0) {
                    yield Numbers.grouped(run.errors()) + " err";
                }
                if (run.status() == RunStatus.PAUSED) {
                    yield "paused";
                }
                yield run.warnings() > 0 ? Numbers.grouped(run.warnings()) + " warn" : "";
            }
        };
    }

    /** How grave that is. */
    static Tone problemTone(RunState run) {
        if (run.status() == RunStatus.CANCELLED) {
            return Tone.MUTED;
        }
        boolean failed = run.status() == RunStatus.FAILED || !failedTask(run).isEmpty();
        return failed || run.errors() > 0 ? Tone.ERROR : Tone.WARN;
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
