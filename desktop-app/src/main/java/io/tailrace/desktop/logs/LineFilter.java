package io.tailrace.desktop.logs;

import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

/**
 * Which lines are shown: all conditions hold together.
 *
 * @param level the least grave level that is shown
 * @param run only this run's lines, or every run's when null
 * @param task only this task's lines, or every task's when null
 */
public record LineFilter(Level level, @Nullable RunKey run, @Nullable String task) {

    /** What a fresh pane shows. */
    public static final LineFilter DEFAULT = new LineFilter(Level.INFO, null, null);

    /** The same with another level. */
    public LineFilter withLevel(Level other) {
        return new LineFilter(other, run, task);
    }

    /** The same for another run, and for all of its tasks. */
    public LineFilter withRun(@Nullable RunKey other) {
        return new LineFilter(level, other, null);
    }

    /** The same for another task. */
    public LineFilter withTask(@Nullable String other) {
        return new LineFilter(level, run, other);
    }

    /** Whether lines of a context are shown; notices always are. */
    boolean accepts(LineContext context) {
        return !context.published()
                || (context.level().compareTo(level) >= 0
                        && (run == null || run.equals(context.run()))
                        && (task == null || task.equals(context.task())));
    }

    /** The filter nearest to this one that shows lines of a context. */
    LineFilter revealing(LineContext context) {
        if (accepts(context)) {
            return this;
        }
        Level least = context.level().compareTo(level) < 0 ? context.level() : level;
        RunKey itsRun = run == null ? null : context.run();
        String sameTask = task != null && task.equals(context.task()) ? task : null;
        return new LineFilter(least, itsRun, sameTask);
    }
}
