package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskStatus;

import java.time.Duration;

/** What is said of two runs side by side: only what has ended can be quicker or slower. */
final class CompareWords {

    private CompareWords() {}

    /** Both runs as a whole. */
    static String totals(RunState one, RunState other, Liveness liveness) {
        Duration first = one.elapsed(liveness.time(one));
        if (!one.status().terminal()) {
            return text("workflow.compare.soFar", Durations.say(first));
        }
        Duration second = other.elapsed(liveness.time(other));
        if (!other.status().terminal()) {
            return text("workflow.compare.otherSoFar", Durations.say(second));
        }
        Duration more = first.minus(second);
        String much = Durations.say(more.abs());
        return more.isNegative()
                ? text("workflow.compare.less", much)
                : text("workflow.compare.more", much);
    }

    /** One task of both. */
    static String row(Comparison.Row row) {
        Duration one = row.one();
        Duration other = row.other();
        if (one == null) {
            String there = other == null ? there(row) : Durations.say(other);
            if (row.status() == null) {
                return text("workflow.compare.onlyOther", there);
            }
            String here =
                    row.status() == TaskStatus.WAITING
                            ? text("workflow.compare.notYet")
                            : RunWords.word(row.status());
            return text("workflow.compare.here", here, there);
        }
        String took = Durations.say(one);
        if (!row.ended()) {
            took = text("workflow.waiting.soFar", took);
        }
        if (other == null) {
            return row.otherStatus() == null
                    ? text("workflow.compare.onlyThis", took)
                    : text("workflow.compare.there", took, there(row));
        }
        if (!row.comparable()) {
            String there = Durations.say(other);
            return text(
                    "workflow.compare.there",
                    took,
                    row.otherEnded() ? there : text("workflow.waiting.soFar", there));
        }
        String much = Durations.say(row.more().abs());
        return row.more().isNegative()
                ? text("workflow.compare.faster", took, much)
                : text("workflow.compare.slower", took, much);
    }

    /** What took much longer stands out. */
    static Tone tone(Comparison.Row row) {
        boolean slower =
                row.one() != null
                        && row.other() != null
                        && row.otherEnded()
                        && row.more().toMillis() > 1_000
                        && row.one().toMillis() > row.other().toMillis() * 3 / 2;
        return slower ? Tone.WARN : Tone.MUTED;
    }

    private static String there(Comparison.Row row) {
        TaskStatus status = row.otherStatus();
        return status == null || status == TaskStatus.WAITING
                ? text("workflow.compare.notYet")
                : RunWords.word(status);
    }
}
