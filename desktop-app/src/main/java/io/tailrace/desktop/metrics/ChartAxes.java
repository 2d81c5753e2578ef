package io.tailrace.desktop.metrics;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeMark;
import io.tailrace.desktop.time.TimeRange;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

import java.time.Duration;
import java.time.Instant;

/** The lines and words around a chart's plot, and what all panes show on their time axes. */
final class ChartAxes {

    private final PaintedRegion plot;
    private final Times times;
    private final TextMeter meter;

    ChartAxes(PaintedRegion plot, Times times, TextMeter meter) {
        this.plot = plot;
        this.times = times;
        this.meter = meter;
    }

    void values(GraphicsContext g, MetricTile tile, LinePainter.Frame frame, ValueAxis axis) {
        var palette = plot.palette();
        for (double tick : axis.ticks()) {
            double y = Math.round(frame.y(tick)) + 0.5;
            g.setStroke(palette.line());
            g.strokeLine(frame.left(), y, frame.left() + frame.width(), y);
            g.setFill(palette.muted());
            String words = tile.words(tick);
            g.fillText(words, frame.left() - 8 - meter.width(words, g.getFont()), y);
        }
    }

    void times(GraphicsContext g, LinePainter.Frame frame, TimeRange shown, double width) {
        TimeScale scale = scale(frame, shown);
        Duration step = scale.step(g.getFont().getSize() * 6);
        g.setFill(plot.palette().muted());
        for (Instant tick : scale.ticks(times.zone(), step)) {
            String words = times.tick(tick, step);
            double wide = meter.width(words, g.getFont());
            double x = Math.clamp(scale.x(tick) - wide / 2, 0, Math.max(0, width - wide));
            g.fillText(words, x, frame.top() + frame.height() + g.getFont().getSize());
        }
    }

    /** The chosen span, behind the lines. */
    void range(GraphicsContext g, LinePainter.Frame frame, TimeRange shown, SharedTime shared) {
        TimeRange range = shared.range().get();
        if (range == null) {
            return;
        }
        TimeScale scale = scale(frame, shown);
        double from = Math.max(scale.left(), scale.x(range.begin()));
        double to = Math.min(scale.right(), scale.x(range.end()));
        if (to > from) {
            g.setFill(plot.palette().selection());
            g.fillRect(from, frame.top(), to - from, frame.height());
        }
    }

    /** Alerts below the lines, and where somebody points. */
    void marks(GraphicsContext g, LinePainter.Frame frame, TimeRange shown, SharedTime shared) {
        TimeScale scale = scale(frame, shown);
        double base = frame.top() + frame.height();
        for (TimeMark mark : shared.marks()) {
            double x = scale.x(mark.at());
            if (x >= scale.left() && x <= scale.right()) {
                g.setFill(plot.color(mark.tone()));
                g.fillPolygon(
                        new double[] {x - 4, x, x + 4}, new double[] {base, base - 7, base}, 3);
            }
        }
        Instant at = shared.cursor().get();
        double x = at == null ? -1 : Math.round(scale.x(at)) + 0.5;
        if (x >= scale.left() && x <= scale.right()) {
            g.setStroke(plot.palette().muted());
            g.strokeLine(x, frame.top(), x, base);
        }
    }

    /** A point of a line with its value beside it. */
    void value(
            GraphicsContext g,
            double x,
            double y,
            String words,
            Color tone,
            double top,
            double width) {
        g.setFill(plot.palette().text());
        g.fillOval(x - 3, y - 3, 6, 6);
        double wide = meter.width(words, g.getFont());
        double left = Math.clamp(x + 8, 0, Math.max(0, width - wide));
        g.setFill(plot.palette().background());
        double high = g.getFont().getSize() * 1.35;
        g.fillRect(left - 2, top - high / 2, wide + 4, high);
        g.setFill(tone);
        g.fillText(words, left, top);
    }

    static TimeScale scale(LinePainter.Frame frame, TimeRange shown) {
        return new TimeScale(
                shown.begin(), shown.end(), frame.left(), frame.left() + frame.width());
    }
}
