package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.AttemptState;
import io.tailrace.model.TaskState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        String tries = attempt > 1 ? text("workflow.attempt", attempt) : "";
        String rows = task.rows() == null ? "" : count("workflow.rows", task.rows());
        String word = RunWords.word(task.status());
        return switch (task.status()) {
            case WAITING, SKIPPED -> new Label(word, Tone.MUTED);
            case CANCELLED -> new Label(joined(word, rows), Tone.MUTED);
            case SUCCEEDED -> new Label(joined(tries, rows), Tone.MUTED);
            case FAILED -> new Label(joined(tries, word), Tone.ERROR);
            case RETRYING -> new Label(text("workflow.attempt.again", attempt), Tone.WARN);
            case PAUSED -> new Label(joined(tries, word), Tone.WARN);
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
        String word = RunWords.word(task.status());
        return switch (task.status()) {
            case WAITING, SKIPPED -> word;
            case RUNNING -> joined(progress.isEmpty() ? word : progress, length);
            case SUCCEEDED, PAUSED, RETRYING, FAILED, CANCELLED -> joined(word, length);
        };
    }

    /** The task and its state, to those who cannot see it. */
    static String spoken(TaskState task, Instant now) {
        return text("workflow.task.spoken", task.name(), state(task, now));
    }

    /** Everything that is known of a task, a line each. */
    static String details(TaskState task, @Nullable Band band, Instant now, Times times) {
        List<String> lines = new ArrayList<>();
        lines.add(text("workflow.task", task.name(), state(task, now)));
        if (task.step() != null) {
            lines.add(text("workflow.task.step", task.step()));
        }
        if (task.message() != null) {
            lines.add(task.message());
        }
        if (task.rows() != null) {
            lines.add(count("workflow.rows", task.rows()));
        }
        if (band != null) {
            String median = Durations.say(band.median());
            lines.add(text("workflow.task.band", median, Durations.say(band.p90())));
        }
        if (!task.after().isEmpty()) {
            lines.add(text("workflow.task.after", String.join(", ", task.after())));
        }
        for (AttemptState attempt : task.attempts()) {
            attempt(lines, attempt, now, times);
        }
        return String.join("\n", lines);
    }

    private static void attempt(
            List<String> lines, AttemptState attempt, Instant now, Times times) {
        lines.add("");
        Instant start = attempt.startedAt();
        Instant end = attempt.endedAt();
        String tries = text("workflow.attempt", attempt.number());
        String word = joined(tries, RunWords.word(attempt.status()));
        if (start == null) {
            lines.add(word);
        } else {
            Duration length = Duration.between(start, end == null ? now : end);
            lines.add(joined(word, Durations.say(length)));
            lines.add(text("workflow.began", times.exact(start)));
        }
        if (end != null) {
            lines.add(text("workflow.ended", times.exact(end)));
        }
        String error = attempt.error();
        if (error != null) {
            boolean longError = error.length() > MAX_ERROR;
            lines.add(longError ? error.substring(0, MAX_ERROR) + "…" : error);
        }
    }

    private static String late(TaskState task, @Nullable Band band, Instant now) {
        if (band == null || band.median().isZero()) {
            return "";
        }
        Duration taken = task.elapsed(now);
        double ratio = (double) taken.toMillis() / Math.max(1, band.median().toMillis());
        return taken.compareTo(band.p90()) > 0 && ratio >= 1.5
                ? text("workflow.task.late", String.format(Locale.ROOT, "%.1f", ratio))
                : "";
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
    }
}
