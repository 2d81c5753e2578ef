package io.tailrace.desktop;

import io.tailrace.desktop.logs.LineFilter;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the log at the span that is chosen on any time axis, and the axes at the span that is
 * chosen in the log: by its histogram or in words, with open ends perhaps. FX thread only.
 */
final class LogTime {

    private final LogsModel logs;
    private final SharedTime time;

    LogTime(LogsModel logs, SharedTime time) {
        this.logs = logs;
        this.time = time;
        time.range().addListener((_, _, range) -> toLog(range));
        logs.filterProperty().addListener((_, _, filter) -> fromLog(filter.time()));
        fromLog(logs.filterProperty().get().time());
    }

    private void toLog(@Nullable TimeRange range) {
        LineFilter filter = logs.filterProperty().get();
        TimeRange wanted = range == null ? TimeRange.ALL : range;
        if (!filter.time().equals(wanted)) {
            logs.show(filter.withTime(wanted));
        }
    }

    private void fromLog(TimeRange range) {
        time.range().set(range.isAll() ? null : range);
    }
}
