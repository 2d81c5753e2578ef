package io.tailrace.desktop.logs;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Which lines are shown: all conditions hold together.
 *
 * @param level the least grave level that is shown
 * @param run only this run's lines, or every run's when null
 * @param task only this task's lines, or every task's when null
 * @param loose with a run: whether lines of no run from its workflow are shown, too
 * @param scope whose lines
 * @param time which times
 * @param texts what texts and fields must contain
 * @param around how many lines before and behind those that pass the texts are shown
 * @param facts whether state changes, retries and alerts stand between the lines
 * @param looseFrom with a run: when lines of no run are of interest, in milliseconds of the epoch;
 *     found out from the lines that are held, not chosen
 */
public record LineFilter(
        Level level,
        @Nullable RunKey run,
        @Nullable String task,
        boolean loose,
        LineScope scope,
        TimeRange time,
        List<TextCondition> texts,
        int around,
        boolean facts,
        long looseFrom) {

    /** A begin of what has none. */
    static final long ALWAYS = Long.MIN_VALUE;

    /** What a fresh pane shows. */
    public static final LineFilter DEFAULT = all().withLevel(Level.INFO);

    private static final int MOST_AROUND = 1000;

    /** Copies the conditions. */
    public LineFilter {
        texts = List.copyOf(texts);
        around = Math.clamp(around, 0, MOST_AROUND);
    }

    /** Shows every line. */
    public static LineFilter all() {
        return new LineFilter(
                Level.TRACE,
                null,
                null,
                true,
                LineScope.ALL,
                TimeRange.ALL,
                List.of(),
                0,
                true,
                ALWAYS);
    }

    /** The same with another level. */
    public LineFilter withLevel(Level other) {
        return new LineFilter(
                other, run, task, loose, scope, time, texts, around, facts, looseFrom);
    }

    /** The same for another run, and for all of its tasks. */
    public LineFilter withRun(@Nullable RunKey other) {
        return new LineFilter(level, other, null, loose, scope, time, texts, around, facts, ALWAYS);
    }

    /** The same for another task. */
    public LineFilter withTask(@Nullable String other) {
        return new LineFilter(
                level, run, other, loose, scope, time, texts, around, facts, looseFrom);
    }

    /** The same with lines of no run beside those of the run, or without them. */
    public LineFilter withLoose(boolean other) {
        return new LineFilter(
                level, run, task, other, scope, time, texts, around, facts, looseFrom);
    }

    /** The same for others' lines. */
    public LineFilter withScope(LineScope other) {
        return new LineFilter(
                level, run, task, loose, other, time, texts, around, facts, looseFrom);
    }

    /** The same for other times. */
    public LineFilter withTime(TimeRange other) {
        return new LineFilter(
                level, run, task, loose, scope, other, texts, around, facts, looseFrom);
    }

    /** The same with other conditions on texts. */
    public LineFilter withTexts(List<TextCondition> others) {
        return new LineFilter(
                level, run, task, loose, scope, time, others, around, facts, looseFrom);
    }

    /** The same with one more condition on texts. */
    public LineFilter with(TextCondition more) {
        List<TextCondition> all = new ArrayList<>(texts);
        all.remove(more);
        all.add(more);
        return withTexts(all);
    }

    /** The same without one condition on texts. */
    public LineFilter without(TextCondition one) {
        return withTexts(texts.stream().filter(text -> !text.equals(one)).toList());
    }

    /** The same with more or fewer lines around those that pass the texts. */
    public LineFilter withAround(int lines) {
        return new LineFilter(level, run, task, loose, scope, time, texts, lines, facts, looseFrom);
    }

    /** The same with or without state changes, retries and alerts. */
    public LineFilter withFacts(boolean shown) {
        return new LineFilter(
                level, run, task, loose, scope, time, texts, around, shown, looseFrom);
    }

    /** The same with lines of no run from a time on. */
    LineFilter withLooseFrom(long other) {
        return new LineFilter(level, run, task, loose, scope, time, texts, around, facts, other);
    }

    /** Whether a line's time decides, too. */
    boolean timed() {
        return !time.isAll() || looseFrom != ALWAYS;
    }

    /** Whether a line of a context that is accepted is shown, as far as its time decides. */
    boolean accepts(LineContext context, long at) {
        boolean early = at < looseFrom && run != null && context.run() == null;
        return time.contains(at) && !(early && context.published());
    }

    /** Whether lines of a context are shown, as far as that decides; notices always are. */
    boolean accepts(LineContext context) {
        return switch (context.kind()) {
            case NOTICE -> true;
            case FACT ->
                    facts
                            && context.level().compareTo(level) >= 0
                            && (run == null || run.equals(context.run()))
                            && (task == null
                                    || context.task() == null
                                    || task.equals(context.task()));
            case LOG ->
                    context.level().compareTo(level) >= 0
                            && (run == null || run.equals(context.run()) || loosely(context, run))
                            && (task == null || task.equals(context.task()))
                            && scope.accepts(context);
        };
    }

    private boolean loosely(LineContext context, RunKey of) {
        return loose
                && context.run() == null
                && of.workspace().equals(context.channel().workspace())
                && of.workflow().equals(context.channel().workflow());
    }

    /** The filter nearest to this one that shows a line of a context. */
    LineFilter revealing(LineContext context, long at) {
        LineFilter near = time.contains(at) ? this : withTime(TimeRange.ALL);
        near = near.withTexts(List.of());
        if (near.accepts(context) && near.accepts(context, at)) {
            return near;
        }
        Level least = context.level().compareTo(level) < 0 ? context.level() : level;
        RunKey itsRun = run == null ? null : context.run();
        String sameTask = task != null && task.equals(context.task()) ? task : null;
        return new LineFilter(
                least,
                itsRun,
                sameTask,
                loose,
                scope.accepts(context) ? scope : LineScope.ALL,
                near.time(),
                List.of(),
                around,
                facts || context.kind() == LineContext.Kind.FACT,
                ALWAYS);
    }

    /** Whether lines of a channel may be shown. */
    boolean mayShow(Channel channel) {
        return run != null
                ? channel.equals(Channel.logs(run.workspace(), run.workflow()))
                : (scope.workspace() == null || scope.workspace().equals(channel.workspace()))
                        && (scope.workflow() == null
                                || scope.workflow().equals(channel.workflow()));
    }
}
