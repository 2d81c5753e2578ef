package io.tailrace.desktop.metrics;

import io.tailrace.desktop.text.Numbers;

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
 */
record MetricTile(
        String title,
        @Nullable String unit,
        Series series,
        Series.Summary summary,
        Instant from,
        Instant to,
        boolean fresh) {

    /** The newest value in words. */
    String current() {
        return words(summary.current());
    }

    /** A value in words. */
    String words(double value) {
        return Numbers.withUnit(value, unit);
    }

    /** The name, with the unit where values do not say it. */
    String heading() {
        boolean silent =
                unit != null && unit.endsWith("/s") && !unit.startsWith("B") && !title.equals(unit);
        return silent ? title + " (" + unit + ")" : title;
    }
}
