package io.tailrace.desktop.workflow;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeMark;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** The time axis of a run: its scale, its labels, and what all panes show on it. */
final class TimelineAxis {

    private static final double TICK_ROOM = 4.5; // times the size of text

    private final PaintedRegion region;
    private final Times times;
    private final TextMeter meter;

    TimelineAxis(PaintedRegion region, Times times, TextMeter meter) {
        this.region = region;
        this.times = times;
        this.meter = meter;
    }

    /** The whole run and what is expected of it, or the span that somebody zoomed to. */
    TimeScale scale(TimelinePainter.Scene scene, double left, double right) {
        TimeRange zoom = scene.zoom();
        if (zoom != null) {
            return new TimeScale(zoom.begin(), zoom.end(), left, right);
        }
        RunState run = scene.run();
        Instant from = run.startedAt() == null ? scene.now() : run.startedAt();
        for (TaskState task : run.tasks()) {
            Instant start = task.startedAt();
            from = start != null && start.isBefore(from) ? start : from;
        }
        Instant end = run.endedAt() == null ? scene.now() : run.endedAt();
        for (Forecast.Expected expected : scene.forecast().tasks().values()) {
            end = expected.end().isAfter(end) ? expected.end() : end;
        }
        Duration needed = Duration.between(from, end);
        Duration span =
                run.status().terminal() ? needed.plusMillis(1) : TimeScale.steadySpan(needed);
        double room = Math.max(1, right - left);
        double labels = Math.min(room / 3, region.fontSizeProperty().get() * 7);
        double whole = span.toMillis() * room / (room - labels);
        return new TimeScale(from, from.plusMillis((long) whole), left, right);
    }

    private double tickRoom() {
        return region.fontSizeProperty().get() * TICK_ROOM;
    }

    /** Upright lines behind the rows. */
    void grid(GraphicsContext g, double top, double height, TimeScale scale) {
        g.setStroke(region.palette().line());
        for (Instant tick : scale.ticks(times.zone(), scale.step(tickRoom()))) {
            double x = Math.round(scale.x(tick)) + 0.5;
            g.strokeLine(x, top, x, height);
        }
    }

    /** The chosen span, behind everything. */
    void range(GraphicsContext g, double height, TimeScale scale, @Nullable TimeRange range) {
        if (range == null) {
            return;
        }
        double from = Math.max(scale.left(), scale.x(range.begin()));
        double to = Math.min(scale.right(), scale.x(range.end()));
        if (to > from) {
            g.setFill(region.palette().selection());
            g.fillRect(from, 0, to - from, height);
        }
    }

    /** Where no task ran: a paler column under a line at the axis. */
    void idle(GraphicsContext g, double top, double height, TimeScale scale, IdleGaps idle) {
        Color grey = region.palette().muted();
        for (TimeRange gap : idle.gaps()) {
            double from = Math.max(scale.left(), scale.x(gap.begin()));
            double to = Math.min(scale.right(), scale.x(gap.end()));
            if (to > from) {
                double width = Math.max(1, to - from);
                g.setFill(grey.deriveColor(0, 1, 1, 0.1));
                g.fillRect(from, top, width, height - top);
                g.setFill(grey.deriveColor(0, 1, 1, 0.6));
                g.fillRect(from, top, width, 2);
            }
        }
    }

    /** Times above the rows, and what happened. */
    void labels(
            GraphicsContext g,
            double axisHeight,
            TimeScale scale,
            SharedTime shared,
            double right) {
        Duration step = scale.step(tickRoom());
        g.setFill(region.palette().muted());
        for (Instant tick : scale.ticks(times.zone(), step)) {
            String text = times.tick(tick, step);
            double x = scale.x(tick);
            if (x + meter.width(text, g.getFont()) < right) {
                g.fillText(text, x, axisHeight / 2);
            }
        }
        for (TimeMark mark : shared.marks()) {
            double x = scale.x(mark.at());
            if (x >= scale.left() && x <= scale.right()) {
                g.setFill(region.color(mark.tone()));
                double base = axisHeight - 1;
                g.fillPolygon(
                        new double[] {x - 4, x, x + 4}, new double[] {base, base - 7, base}, 3);
            }
        }
    }

    /** Where somebody points in any pane. */
    void cursor(
            GraphicsContext g,
            double axisHeight,
            double height,
            TimeScale scale,
            SharedTime shared) {
        Instant at = shared.cursor().get();
        if (at == null) {
            return;
        }
        double x = Math.round(scale.x(at)) + 0.5;
        if (x < scale.left() || x > scale.right()) {
            return;
        }
        g.setStroke(region.palette().muted());
        g.strokeLine(x, axisHeight, x, height);
        String words = times.second(at);
        double wide = meter.width(words, g.getFont());
        double left = Math.min(x + 4, scale.right() - wide);
        g.setFill(region.palette().background());
        double high = g.getFont().getSize() * 1.35;
        g.fillRect(left - 3, (axisHeight - high) / 2, wide + 6, high);
        g.setFill(region.palette().text());
        g.fillText(words, left, axisHeight / 2);
    }
}
