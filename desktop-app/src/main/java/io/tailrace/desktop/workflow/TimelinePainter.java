package io.tailrace.desktop.workflow;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.AttemptState;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** Paints tasks over time: only the rows that are visible. */
final class TimelinePainter {

    private static final double PADDING = 14;
    private static final double MIN_BAR = 2;
    private static final double MAX_NAMES = 18.5; // times the size of text

    private final PaintedRegion region;
    private final TextMeter meter = new TextMeter();
    private final TimelineAxis axis;
    private @Nullable TimeScale painted;

    TimelinePainter(PaintedRegion region, Times times) {
        this.region = region;
        this.axis = new TimelineAxis(region, times, meter);
    }

    /**
     * What to paint.
     *
     * @param idle when no task ran
     * @param first the row at the top; a fraction when it is cut
     * @param chosen the row that was chosen, -1 for none
     * @param hovered the row under the mouse or the keyboard, -1 for none
     * @param zoom the span to show; null for the whole run
     * @param shared what all panes show on their axes
     */
    record Scene(
            RunState run,
            @Nullable Baseline baseline,
            Forecast forecast,
            IdleGaps idle,
            Instant now,
            double first,
            int chosen,
            int hovered,
            @Nullable TimeRange zoom,
            SharedTime shared) {}

    /** The height of a row. */
    double rowHeight() {
        return Math.round(region.fontSizeProperty().get() * 1.9);
    }

    /** The height of the axis above the rows. */
    double axisHeight() {
        return Math.round(region.fontSizeProperty().get() * 2.1);
    }

    void paint(GraphicsContext g, double width, double height, Scene scene) {
        Font font = region.smallFont();
        g.setFont(font);
        g.setTextBaseline(VPos.CENTER);
        double names = namesWidth(scene.run(), font, width);
        TimeScale scale = axis.scale(scene, PADDING + names + 16, width - PADDING);
        painted = scale;
        axis.range(g, height, scale, scene.shared().range().get());
        axis.idle(g, axisHeight(), height, scale, scene.idle());
        g.save();
        g.beginPath();
        g.rect(0, axisHeight(), width, height - axisHeight());
        g.clip();
        rows(g, width, height, scene, scale, names);
        g.restore();
        if (height >= axisHeight()) {
            axis.labels(g, axisHeight(), scale, scene.shared(), width);
        }
        double x = Math.round(scale.x(scene.now())) + 0.5;
        if (!scene.run().status().terminal() && x >= scale.left() && x <= scale.right()) {
            g.setStroke(region.palette().accent());
            g.strokeLine(x, axisHeight() - 4, x, height);
        }
        axis.cursor(g, axisHeight(), height, scale, scene.shared());
    }

    /** The time at a place of the latest painting; null outside of the axis. */
    @Nullable Instant time(double x) {
        TimeScale scale = painted;
        if (scale == null || x < scale.left() || x > scale.right()) {
            return null;
        }
        double share = (x - scale.left()) / Math.max(1, scale.right() - scale.left());
        long span = Duration.between(scale.from(), scale.to()).toMillis();
        return scale.from().plusMillis((long) (share * span));
    }

    /** The span of the latest painting; null before the first. */
    @Nullable TimeRange shown() {
        TimeScale scale = painted;
        return scale == null ? null : TimeRange.between(scale.from(), scale.to());
    }

    private void rows(
            GraphicsContext g,
            double width,
            double height,
            Scene scene,
            TimeScale scale,
            double names) {
        axis.grid(g, axisHeight(), height, scale);
        double rowHeight = rowHeight();
        int count = scene.run().tasks().size();
        int last = (int) Math.ceil(scene.first() + (height - axisHeight()) / rowHeight);
        for (int i = (int) scene.first(); i < Math.min(count, last + 1); i++) {
            double top = axisHeight() + (i - scene.first()) * rowHeight;
            if (i == scene.chosen() || i == scene.hovered()) {
                boolean chosen = i == scene.chosen();
                Color line = region.palette().line();
                g.setFill(chosen ? region.palette().selection() : line.deriveColor(0, 1, 1, 0.4));
                g.fillRect(0, top, width, rowHeight);
            }
            TaskState task = scene.run().tasks().get(i);
            boolean waiting = task.attempts().isEmpty();
            g.setFill(waiting ? region.palette().muted() : region.palette().text());
            String name = meter.fitted(task.name(), g.getFont(), names);
            g.fillText(name, PADDING, top + rowHeight / 2);
            g.save();
            g.beginPath();
            g.rect(scale.left() - 2, top, width - scale.left() + 2, rowHeight);
            g.clip(); // what began before the span ends at its edge
            task(g, task, scene, scale, top + rowHeight / 2, width);
            g.restore();
        }
    }

    private void task(
            GraphicsContext g,
            TaskState task,
            Scene scene,
            TimeScale scale,
            double middle,
            double width) {
        Band band = scene.baseline() == null ? null : scene.baseline().band(task.name());
        Forecast.Expected expected = scene.forecast().tasks().get(task.name());
        double thick = Math.round(rowHeight() * 0.36);
        Instant start = task.startedAt();
        if (start == null) {
            start = expected == null ? null : expected.start();
        }
        boolean live = !scene.run().status().terminal();
        double end =
                Math.max(scale.left(), scale.x(live ? scene.now() : scale.from())) + (live ? 2 : 0);
        if (start != null && band != null) {
            double bandEnd = band(g, band, start, scale, middle, thick + 4);
            end = task.attempts().isEmpty() ? bandEnd : scale.x(start);
            end = Math.max(end, bandEnd); // labels stand behind the grey
        }
        for (AttemptState attempt : task.attempts()) {
            end = Math.max(end, attempt(g, task, attempt, scene, scale, middle, thick));
        }
        if (expected != null && !task.attempts().isEmpty()) {
            end = Math.max(end, dashes(g, expected, scene.now(), scale, middle, thick));
        }
        TaskWords.Label label = TaskWords.beside(task, band, scene.now());
        g.setFill(region.color(label.tone()));
        double begin = start == null ? scale.left() : scale.x(start);
        beside(g, label.text(), begin - scale.left(), begin, end, middle, width);
    }

    /** Behind the bar, or before it where there is no room behind; cut only where neither does. */
    private void beside(
            GraphicsContext g,
            String text,
            double before,
            double begin,
            double end,
            double y,
            double width) {
        double wide = meter.width(text, g.getFont());
        double behind = width - end - 10;
        if (wide <= behind || (wide + 7 > before && behind >= before)) {
            g.fillText(meter.fitted(text, g.getFont(), behind), end + 7, y);
        } else {
            String words = meter.fitted(text, g.getFont(), before - 7);
            g.fillText(words, begin - 7 - meter.width(words, g.getFont()), y);
        }
    }

    /** The grey of earlier good runs: to the median, then paler to the p90. */
    private double band(
            GraphicsContext g, Band band, Instant start, TimeScale scale, double y, double thick) {
        double x = scale.x(start);
        double median = Math.max(x + MIN_BAR, scale.x(start.plus(band.median())));
        double p90 = Math.max(median, scale.x(start.plus(band.p90())));
        Color grey = region.palette().muted();
        g.setFill(grey.deriveColor(0, 1, 1, 0.14));
        g.fillRoundRect(x, y - thick / 2, p90 - x, thick, 4, 4);
        g.setFill(grey.deriveColor(0, 1, 1, 0.16));
        g.fillRoundRect(x, y - thick / 2, median - x, thick, 4, 4);
        return p90;
    }

    private double attempt(
            GraphicsContext g,
            TaskState task,
            AttemptState attempt,
            Scene scene,
            TimeScale scale,
            double y,
            double thick) {
        Instant start = attempt.startedAt() == null ? attempt.endedAt() : attempt.startedAt();
        if (start == null) {
            return scale.left();
        }
        boolean last = attempt.equals(task.attempts().getLast());
        boolean failed =
                attempt.status() == TaskStatus.FAILED || attempt.status() == TaskStatus.RETRYING;
        double x = scale.x(start);
        Instant ended = attempt.endedAt() == null ? scene.now() : attempt.endedAt();
        double end = Math.max(x + MIN_BAR, scale.x(ended));
        boolean retried = failed && (!last || task.status() != TaskStatus.FAILED);
        g.setFill(region.color(retried ? Tone.WARN : RunWords.tone(attempt.status())));
        g.fillRoundRect(x, y - thick / 2, end - x, thick, 4, 4);
        if (failed) {
            g.setFill(region.palette().error());
            g.fillRect(end - 3, y - thick / 2 - 2, 3, thick + 4);
        }
        if (last && task.status() == TaskStatus.RUNNING && task.progress() != null) {
            percent(g, Numbers.percent(task.progress()), x, end, y, thick);
        }
        return end;
    }

    /** The progress inside of the bar, where there is room for it. */
    private void percent(
            GraphicsContext g, String text, double x, double end, double y, double thick) {
        Font font = g.getFont();
        Font small = Font.font(font.getFamily(), Math.max(8, thick));
        double width = meter.width(text, small);
        if (end - x > width + 10) {
            g.setFont(small);
            g.setFill(region.palette().background());
            g.fillText(text, end - width - 5, y);
            g.setFont(font);
        }
    }

    private double dashes(
            GraphicsContext g,
            Forecast.Expected expected,
            Instant now,
            TimeScale scale,
            double y,
            double thick) {
        double x = scale.x(now);
        double end = scale.x(expected.end());
        if (end - x < 4) {
            return x;
        }
        g.setStroke(region.palette().accent());
        g.setLineDashes(3, 3);
        g.strokeRoundRect(x + 0.5, y - thick / 2 + 0.5, end - x - 1, thick - 1, 4, 4);
        g.setLineDashes();
        return end;
    }

    private double namesWidth(RunState run, Font font, double width) {
        String longest = "";
        for (TaskState task : run.tasks()) {
            longest = task.name().length() > longest.length() ? task.name() : longest;
        }
        double wanted = meter.width(longest, font) + 8;
        double most = region.fontSizeProperty().get() * MAX_NAMES;
        return Math.clamp(wanted, 60, Math.max(60, Math.min(most, width * 0.3)));
    }
}
