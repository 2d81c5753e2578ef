package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * What the window's header says of the chosen run.
 *
 * @param key which run: the breadcrumb
 * @param when when it began, in short
 * @param status where it stands
 * @param state the same in words, with the progress: {@code running 63 %}, {@code silent since
 *     02:54}; while the gateway is not heard {@code running 63 % as of 02:17:10}
 * @param tone the colour of the state
 * @param progress 0 to 100, when known
 * @param elapsed how long it took or has taken, in words
 * @param eta such as {@code eta 02:24}; empty when earlier runs say nothing
 * @param late such as {@code +6 m}: how much later than the median of earlier runs; empty when it
 *     is not
 * @param canCancel whether cancelling makes sense
 * @param canPause whether pausing makes sense
 * @param canResume whether resuming makes sense
 * @param canRetry whether retrying makes sense
 */
public record RunHeader(
        RunKey key,
        String when,
        RunStatus status,
        String state,
        Tone tone,
        @Nullable Double progress,
        String elapsed,
        String eta,
        String late,
        boolean canCancel,
        boolean canPause,
        boolean canResume,
        boolean canRetry) {

    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

    /** What there is to say of a run. */
    static RunHeader of(
            RunState run,
            @Nullable Baseline baseline,
            Forecast forecast,
            Liveness liveness,
            Instant now,
            Times times) {
        RunStatus status = run.status();
        // nobody knows when a run that waits for people goes on
        Instant end = status == RunStatus.PAUSED ? null : forecast.end();
        boolean silent = liveness.silentSince(run) != null;
        return new RunHeader(
                run.key(),
                run.startedAt() == null ? "" : times.when(run.startedAt(), now),
                status,
                liveness.state(run),
                liveness.tone(run),
                run.progress(),
                Durations.say(run.elapsed(liveness.time(run))),
                end == null ? "" : eta(run, end, liveness, now, times),
                silent ? "" : late(run, baseline, end == null ? now : end),
                !status.terminal(),
                status == RunStatus.RUNNING,
                status == RunStatus.PAUSED,
                status == RunStatus.FAILED || status == RunStatus.CANCELLED);
    }

    /** Long after it was true it says when that was. */
    private static String eta(
            RunState run, Instant end, Liveness liveness, Instant now, Times times) {
        return liveness.asOf(run, text("workflow.eta", clock(run, end, now, times)));
    }

    private static String clock(RunState run, Instant end, Instant now, Times times) {
        if (run.elapsed(end).compareTo(Duration.ofMinutes(10)) < 0) {
            return times.second(end);
        }
        String day = times.when(end, now);
        return day.equals(times.minute(end)) ? day : day + " " + times.minute(end);
    }

    private static String late(RunState run, @Nullable Baseline baseline, Instant end) {
        if (baseline == null || run.status().terminal() || run.startedAt() == null) {
            return "";
        }
        Duration over = Duration.between(run.startedAt().plus(baseline.total()), end);
        boolean worth =
                over.compareTo(WORTH_SAYING) >= 0
                        && over.compareTo(baseline.total().dividedBy(10)) > 0;
        return worth ? text("workflow.late", Durations.brief(over)) : "";
    }
}
