package io.tailrace.desktop.workflow;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.AttemptState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What is said of a task beside its bar, in its box and in its tooltip. */
final class TaskWords {

    private static final int MAX_ERROR = 400;

    private TaskWords() {}

    /** A few words and their colour. */
    record Label(String text, Tone tone) {}

    /** Beside the end of the task's bar; may be empty. */
    static Label beside(TaskState task, @Nullable Band band, Instant now) {
        int attempt = task.attempts().isEmpty() ? 1 : task.attempts().getLast().number();
        String tries = attempt > 1 ? "attempt " + attempt : "";
        String rows = task.rows() == null ? "" : Numbers.count(task.rows(), "row");
        return switch (task.status()) {
            case WAITING -> new Label("waiting", Tone.MUTED);
            case SKIPPED -> new Label("skipped", Tone.MUTED);
            case CANCELLED -> new Label(joined("cancelled", rows), Tone.MUTED);
            case SUCCEEDED -> new Label(joined(tries, rows), Tone.MUTED);
            case FAILED -> new Label(joined(tries, "failed"), Tone.ERROR);
            case RETRYING ->
                    new Label("attempt " + attempt + " failed, another follows", Tone.WARN);
            case PAUSED -> new Label(joined(tries, "paused"), Tone.WARN);
            case RUNNING -> {
                String late = late(task, band, now);
                yield late.isEmpty()
                        ? new Label(joined(tries, rows), Tone.MUTED)
                        : new Label(joined(joined(tries, rows), late), Tone.WARN);
            }
        };
    }

    /** The second line in the task's box. */
    static String state(TaskState task, Instant now) {
        String length = task.attempts().isEmpty() ? "" : Durations.say(task.elapsed(now));
        String progress = task.progress() == null ? "" : Numbers.percent(task.progress());
        return switch (task.status()) {
            case WAITING, SKIPPED -> word(task.status());
            case RUNNING -> joined(progress.isEmpty() ? "running" : progress, length);
            case SUCCEEDED -> joined("done", length);
            case PAUSED, RETRYING, FAILED, CANCELLED -> joined(word(task.status()), length);
        };
    }

    /** Everything that is known of a task, a line each. */
    static String details(TaskState task, @Nullable Band band, Instant now, Times times) {
        StringBuilder text = new StringBuilder(task.name()).append(": ").append(state(task, now));
        if (task.step() != null) {
            text.append("\nstep ").append(task.step());
        }
        if (task.message() != null) {
            text.append('\n').append(task.message());
        }
        if (task.rows() != null) {
            text.append('\n').append(Numbers.count(task.rows(), "row"));
        }
        if (band != null) {
            text.append("\nearlier good runs: median ").append(Durations.say(band.median()));
            text.append(", p90 ").append(Durations.say(band.p90()));
        }
        if (!task.after().isEmpty()) {
            text.append("\nafter ").append(String.join(", ", task.after()));
        }
        for (AttemptState attempt : task.attempts()) {
            attempt(text, attempt, now, times);
        }
        return text.toString();
    }

    private static void attempt(
            StringBuilder text, AttemptState attempt, Instant now, Times times) {
        text.append("\n\nattempt ").append(attempt.number()).append(", ");
        text.append(attempt.status() == TaskStatus.SUCCEEDED ? "done" : word(attempt.status()));
        Instant start = attempt.startedAt();
        Instant end = attempt.endedAt();
        if (start != null) {
            Duration length = Duration.between(start, end == null ? now : end);
            text.append(", ").append(Durations.say(length));
            text.append("\nbegan ").append(times.exact(start));
        }
        if (end != null) {
            text.append("\nended ").append(times.exact(end));
        }
        String error = attempt.error();
        if (error != null) {
            boolean longError = error.length() > MAX_ERROR;
            text.append('\n').append(longError ? error.substring(0, MAX_ERROR) + "…" : error);
        }
    }

    private static String late(TaskState task, @Nullable Band band, Instant now) {
        if (band == null || band.median().isZero()) {
            return "";
        }
        Duration taken = task.elapsed(now);
        double ratio = (double) taken.toMillis() / Math.max(1, band.median().toMillis());
        return taken.compareTo(band.p90()) > 0 && ratio >= 1.5
                ? String.format(Locale.ROOT, "%.1f x median", ratio)
                : "";
    }

    private static String word(TaskStatus status) {
        return status.wireName();
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
    }
}
