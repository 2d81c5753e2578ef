package io.tailrace.desktop.logs;

import io.tailrace.model.RunKey;

import java.util.List;
import java.util.OptionalLong;

/**
 * Brings a filter to what is shown and what is found. Of a run's workflow there may be lines of no
 * run from long before: they are left out as soon as it is known when the run began. FX thread.
 */
final class LogsFiltering {

    private static final long SLACK = 5_000; // milliseconds: what leads to a run comes before it

    private final LogStore store;
    private final LogsView view;
    private final FindState find;
    private LineFilter applied = LineFilter.DEFAULT;
    private long sought; // up to this line none is the run's; asked in each frame, so not from -1

    LogsFiltering(LogStore store, LogsView view, FindState find) {
        this.store = store;
        this.view = view;
        this.find = find;
    }

    /** What is applied: what was wanted, narrowed to the run's time. */
    LineFilter applied() {
        return applied;
    }

    /** The filter nearest to what is applied that shows a line. */
    LineFilter revealing(LinePlace line) {
        LineFilter near = applied.revealing(line.context(), line.time());
        return near.withLooseFrom(LineFilter.ALWAYS);
    }

    /** Shows other lines. */
    void apply(LineFilter wanted) {
        sought = -1;
        use(wanted.withLooseFrom(begin(wanted)));
    }

    private void use(LineFilter narrowed) {
        applied = narrowed;
        view.filter(narrowed);
        find.start(find.query(), narrowed);
    }

    /** The run's first line may have come. */
    void settle() {
        if (applied.looseFrom() == LineFilter.ALWAYS) {
            narrow();
        }
    }

    /** Takes lines that were put among the others: the run may have begun earlier than known. */
    void inserted(List<KeyRange> ranges) {
        view.inserted(ranges);
        find.inserted(ranges);
        sought = -1;
        narrow();
    }

    private void narrow() {
        long begin = begin(applied);
        if (begin != applied.looseFrom()) {
            use(applied.withLooseFrom(begin));
        }
    }

    private long begin(LineFilter wanted) {
        RunKey run = wanted.run();
        if (run == null || !wanted.loose()) {
            return LineFilter.ALWAYS;
        }
        long newest = store.newest();
        OptionalLong first = store.seek(sought, true, context -> run.equals(context.run()));
        sought = first.isEmpty() ? newest : sought;
        return first.isEmpty() ? LineFilter.ALWAYS : store.time(first.getAsLong()) - SLACK;
    }
}
