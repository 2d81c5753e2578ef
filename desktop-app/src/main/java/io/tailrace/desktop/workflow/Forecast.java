package io.tailrace.desktop.workflow;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When tasks that are not done are expected to begin and to end, from what earlier good runs took
 * and from the progress they report.
 *
 * @param end when the run is expected to end; null when nothing is known
 * @param tasks by name; tasks about which nothing is known are missing
 */
record Forecast(@Nullable Instant end, Map<String, Expected> tasks) {

    private static final double MIN_PROGRESS = 5; // less says nothing about the rest

    /** Nothing is expected. */
    static final Forecast NONE = new Forecast(null, Map.of());

    /**
     * When one task is expected.
     *
     * @param start when it began or is expected to begin
     * @param end when it is expected to end
     */
    record Expected(Instant start, Instant end) {}

    /** Copies the map. */
    Forecast {
        tasks = Map.copyOf(tasks);
    }

    /** What is expected of a live run at that moment; nothing of others. */
    static Forecast of(RunState run, @Nullable Baseline baseline, Instant now) {
        if (run.status().terminal() || run.startedAt() == null) {
            return NONE;
        }
        Map<String, Expected> expected = new HashMap<>();
        Map<String, Instant> ends = new HashMap<>();
        Instant last = null;
        for (TaskState task : run.tasks()) { // planned in order; later ones rest on earlier ones
            Expected one = one(task, run.startedAt(), baseline, ends, now);
            if (one == null) {
                continue;
            }
            ends.put(task.name(), one.end());
            if (!task.status().terminal()) {
                expected.put(task.name(), one);
                last = last == null || one.end().isAfter(last) ? one.end() : last;
            }
        }
        return new Forecast(whole(run.startedAt(), baseline, last, now), expected);
    }

    private static @Nullable Expected one(
            TaskState task,
            Instant runStart,
            @Nullable Baseline baseline,
            Map<String, Instant> ends,
            Instant now) {
        Instant start = task.startedAt();
        if (task.status().terminal()) {
            Instant end = task.endedAt();
            return start == null || end == null ? null : new Expected(start, end);
        }
        Band band = baseline == null ? null : baseline.band(task.name());
        if (start == null) {
            return band == null ? null : waiting(task, band, runStart, ends, now);
        }
        Instant attempt = task.attempts().getLast().startedAt();
        Double progress = task.progress();
        if (task.status() == TaskStatus.RUNNING
                && attempt != null
                && progress != null
                && progress >= MIN_PROGRESS) {
            Duration whole =
                    Duration.between(attempt, now)
                            .multipliedBy(1_000)
                            .dividedBy(Math.max(1, Math.round(progress * 10)));
            return new Expected(start, later(attempt.plus(whole), now));
        }
        return band == null ? null : new Expected(start, later(start.plus(band.median()), now));
    }

    private static Expected waiting(
            TaskState task, Band band, Instant runStart, Map<String, Instant> ends, Instant now) {
        Instant start = now;
        if (task.after().isEmpty()) {
            start = later(start, runStart.plus(band.start()));
        }
        for (String name : task.after()) {
            Instant end = ends.get(name);
            start = end == null ? later(start, runStart.plus(band.start())) : later(start, end);
        }
        return new Expected(start, start.plus(band.median()));
    }

    private static @Nullable Instant whole(
            Instant start, @Nullable Baseline baseline, @Nullable Instant last, Instant now) {
        if (baseline == null) {
            return null;
        }
        Instant usual = start.plus(baseline.total());
        Instant end = last == null ? usual : last;
        return end.isAfter(now) ? end : null;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
