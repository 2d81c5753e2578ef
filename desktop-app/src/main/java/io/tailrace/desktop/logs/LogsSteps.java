package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The way from line to line: from the current one when there is one, else from the edge of the
 * screen. FX thread.
 */
final class LogsSteps {

    private final LogStore store;
    private final LogsView view;
    private final FindState find;
    private final LogsSelection selection;

    LogsSteps(LogStore store, LogsView view, FindState find, LogsSelection selection) {
        this.store = store;
        this.view = view;
        this.find = find;
        this.selection = selection;
    }

    /** The next or previous matching line; behind the last comes the first again. */
    OptionalLong match(boolean forward) {
        return find.beyond(start(forward), direction(forward));
    }

    /** The next or previous line of a level or graver, among those a filter shows. */
    OptionalLong level(Level least, LineFilter shown, boolean forward) {
        Predicate<LineContext> grave = c -> c.published() && c.level().compareTo(least) >= 0;
        boolean decided = shown.texts().isEmpty() && !shown.timed(); // by contexts alone
        return decided
                ? store.seek(start(forward), direction(forward), grave.and(shown::accepts))
                : LineSeek.next(
                        store.row(),
                        start(forward),
                        direction(forward),
                        grave,
                        view.lines()::contains);
    }

    /** The line nearest to an entry: of the task and that grave, else of the task, else the run. */
    OptionalLong near(Cursor cursor, RunKey run, @Nullable String task, Level least) {
        Predicate<LineContext> ofRun = c -> c.published() && run.equals(c.run());
        Predicate<LineContext> ofTask = ofRun.and(c -> task == null || task.equals(c.task()));
        Predicate<LineContext> grave = ofTask.and(c -> c.level().compareTo(least) >= 0);
        return Stream.of(grave, ofTask, ofRun)
                .map(wanted -> store.near(cursor, wanted))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** A filter for another run; a span of time in which that has no lines is not kept. */
    LineFilter ofRun(LineFilter shown, @Nullable RunKey run) {
        LineFilter next = shown.withRun(run);
        if (run == null || run.equals(shown.run()) || mayLie(run, shown.time())) {
            return next;
        }
        return next.withTime(TimeRange.ALL);
    }

    private boolean mayLie(RunKey run, TimeRange span) {
        Predicate<LineContext> wanted = c -> run.equals(c.run());
        OptionalLong first = store.seek(-1, true, wanted);
        OptionalLong last = store.seek(Long.MAX_VALUE, false, wanted);
        if (first.isEmpty() || last.isEmpty()) {
            return span.to() == Long.MAX_VALUE; // its lines are still to come
        }
        return span.overlaps(
                Instant.ofEpochMilli(store.time(first.getAsLong())),
                Instant.ofEpochMilli(store.time(last.getAsLong())));
    }

    /** The first shown line at or after a time, as far as times ascend. */
    OptionalLong at(long time) {
        LineList lines = view.lines();
        long low = lines.first();
        long high = lines.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (store.time(lines.get(middle)) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        long line = view.lineAt(low);
        return line < 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }

    /** Says that there is no line of a level. */
    String none(Level least, boolean forward) {
        boolean later = direction(forward);
        if (least == Level.ERROR) {
            return later ? text("logs.none.laterError") : text("logs.none.earlierError");
        }
        return later ? text("logs.none.laterWarning") : text("logs.none.earlierWarning");
    }

    /** From the newest lines there is only the way back. */
    boolean direction(boolean forward) {
        return forward && (selection.line() >= 0 || !view.viewport().following());
    }

    private long start(boolean forward) {
        if (selection.line() >= 0) {
            return selection.line();
        }
        Viewport screen = view.viewport();
        return direction(forward)
                ? view.lineAt((long) screen.top()) - 1
                : view.lineAt((long) (screen.top() + screen.rows())) + 1;
    }
}
