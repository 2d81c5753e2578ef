package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.AttemptState;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When no task of a run was active, from its begin to its end or until now: time that nobody used.
 *
 * @param gaps the spans, one after the other
 * @param total how long they are together
 */
record IdleGaps(List<TimeRange> gaps, Duration total) {

    /** None. */
    static final IdleGaps NONE = new IdleGaps(List.of(), Duration.ZERO);

    private static final Duration SHORTEST = Duration.ofSeconds(1); // less is how clocks are read

    /** Copies the list. */
    IdleGaps {
        gaps = List.copyOf(gaps);
    }

    /** Those of a run; none of one whose tasks are not known. */
    static IdleGaps of(RunState run, Instant now) {
        List<TimeRange> active = active(run, now);
        if (active.isEmpty() || run.startedAt() == null) {
            return NONE;
        }
        List<TimeRange> gaps = new ArrayList<>();
        Instant reached = run.startedAt();
        for (TimeRange span : active) {
            add(gaps, reached, span.begin());
            reached = span.end().isAfter(reached) ? span.end() : reached;
        }
        add(gaps, reached, run.endedAt() == null ? now : run.endedAt());
        Duration total = gaps.stream().map(TimeRange::length).reduce(Duration.ZERO, Duration::plus);
        return new IdleGaps(gaps, total);
    }

    private static List<TimeRange> active(RunState run, Instant now) {
        List<TimeRange> active = new ArrayList<>();
        for (TaskState task : run.tasks()) {
            for (AttemptState attempt : task.attempts()) {
                Instant start = attempt.startedAt();
                if (start != null) {
                    Instant end = attempt.endedAt() == null ? now : attempt.endedAt();
                    active.add(TimeRange.between(start, end.isBefore(start) ? start : end));
                }
            }
        }
        active.sort(Comparator.comparingLong(TimeRange::from));
        return active;
    }

    private static void add(List<TimeRange> gaps, Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(SHORTEST) >= 0) {
            gaps.add(TimeRange.between(from, to));
        }
    }

    /** The gap that a time falls into, or null. */
    @Nullable TimeRange at(@Nullable Instant time) {
        for (TimeRange gap : gaps) {
            if (time != null && gap.contains(time)) {
                return gap;
            }
        }
        return null;
    }

    /** All of them in few words; empty without any. */
    String sentence() {
        return gaps.isEmpty() ? "" : count("workflow.idle", gaps.size(), Durations.say(total));
    }

    /** One of them, for people who point at it. */
    String words(TimeRange gap, Times times) {
        return text(
                "workflow.idle.gap",
                times.second(gap.begin()),
                times.second(gap.end()),
                Durations.say(gap.length()),
                Durations.say(total));
    }
}
