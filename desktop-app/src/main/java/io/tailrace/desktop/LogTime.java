package io.tailrace.desktop;

import io.tailrace.desktop.logs.LineFilter;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.TimeRange;
import io.tailrace.desktop.time.SharedTime;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Keeps the log at the span that is chosen on any time axis, and the axes at the span that is
 * chosen in the log. FX thread only.
 */
final class LogTime {

    private final LogsModel logs;
    private final SharedTime time;
    private boolean leading;

    LogTime(LogsModel logs, SharedTime time) {
        this.logs = logs;
        this.time = time;
        time.range().addListener((_, _, _) -> toLog());
        logs.filterProperty().addListener((_, _, _) -> fromLog());
    }

    private void toLog() {
        if (leading) {
            return;
        }
        LineFilter filter = logs.filterProperty().get();
        TimeRange wanted = range(time.range().get());
        if (!filter.time().equals(wanted)) {
            logs.show(filter.withTime(wanted));
        }
    }

    private void fromLog() {
        TimeRange range = logs.filterProperty().get().time();
        if (!range.equals(range(time.range().get()))) {
            boolean open = range.from() == Long.MIN_VALUE || range.to() == Long.MAX_VALUE;
            leading = true; // an open end is the log's own: it is no span for the axes
            time.range()
                    .set(
                            open
                                    ? null
                                    : new io.tailrace.desktop.time.TimeRange(
                                            Instant.ofEpochMilli(range.from()),
                                            Instant.ofEpochMilli(range.to())));
            leading = false;
        }
    }

    private static TimeRange range(io.tailrace.desktop.time.@Nullable TimeRange range) {
        return range == null
                ? TimeRange.ALL
                : new TimeRange(range.from().toEpochMilli(), range.to().toEpochMilli());
    }
}
