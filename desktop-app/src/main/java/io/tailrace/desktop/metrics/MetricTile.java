package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.time.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A measure as it is shown.
 *
 * @param title its name and what tells it from others of that name
 * @param unit such as {@code ms}; may be null
 * @param series its points
 * @param summary over the time that is shown
 * @param from the begin of the time that is shown
 * @param to its end
 * @param fresh whether it is of now and not of the past
 * @param pinned whether somebody put it in front
 */
record MetricTile(
        String title,
        @Nullable String unit,
        Series series,
        Series.Summary summary,
        Instant from,
        Instant to,
        boolean fresh,
        boolean pinned) {

    /** The same over another span of time. */
    MetricTile during(TimeRange range) {
        return new MetricTile(
                title,
                unit,
                series,
                series.summary(range.begin().getEpochSecond(), range.end().getEpochSecond()),
                range.begin(),
                range.end(),
                fresh,
                pinned);
    }

    /** The newest value in words. */
    String current() {
        return summary.points() == 0 ? text("metrics.none") : words(summary.current());
    }

    /** A value in words, with its unit unless the heading is the unit. */
    String words(double value) {
        return unit != null && heading().startsWith(unit)
                ? Numbers.plain(value)
                : Numbers.withUnit(value, unit);
    }

    /** The least, largest and p95 value in words. */
    String words(Series.Summary figures) {
        return figures.points() == 0
                ? text("metrics.none")
                : text(
                        "metrics.chart.figures",
                        words(figures.min()),
                        words(figures.max()),
                        words(figures.p95()));
    }

    /** The name; what is counted by the second, such as {@code rows}, is called by its unit. */
    String heading() {
        String what =
                unit != null && unit.endsWith("/s") ? unit.substring(0, unit.length() - 2) : "";
        boolean counted = !what.isEmpty() && (title.equals(what) || title.startsWith(what + ","));
        return counted ? unit + title.substring(what.length()) : title;
    }
}
