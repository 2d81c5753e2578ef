package io.tailrace.desktop.metrics;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.text.Times;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;

/** One measure in large: with axes and figures. */
final class ChartView extends BorderPane {

    private final Times times;
    private final Label name = new Label();
    private final Label value = new Label();
    private final Label figures = new Label();
    private final PaintedRegion plot = new PaintedRegion(this::paint);
    private final TextMeter meter = new TextMeter();
    private MetricTile tile;
    private double mouse = -1;

    ChartView(MetricTile tile, Times times, Runnable close) {
        this.tile = tile;
        this.times = times;
        getStyleClass().add("metrics-chart");
        name.getStyleClass().add("muted");
        value.getStyleClass().add("metrics-value");
        figures.getStyleClass().addAll("muted", "small");
        figures.setWrapText(true);
        Button back = new Button("All metrics");
        back.getStyleClass().addAll("quiet", "metrics-back");
        back.setOnAction(_ -> close.run());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        setTop(new VBox(2, new HBox(name, space, back), value, figures));
        setCenter(plot);
        plot.setFocusTraversable(true);
        plot.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        plot.setOnMouseMoved(event -> hover(event.getX()));
        plot.setOnMouseExited(_ -> hover(-1));
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close.run();
                event.consume();
            }
        });
        show(tile);
    }

    /** Shows the measure as it is now. */
    void show(MetricTile newTile) {
        tile = newTile;
        name.setText(tile.heading());
        value.setText(tile.current());
        Series.Summary summary = tile.summary();
        String text =
                "min %s   max %s   p95 %s"
                        .formatted(
                                tile.words(summary.min()),
                                tile.words(summary.max()),
                                tile.words(summary.p95()));
        figures.setText(text);
        plot.setAccessibleText(tile.heading() + ": " + tile.current() + ", " + text);
        plot.repaint();
    }

    PaintedRegion plot() {
        return plot;
    }

    String title() {
        return tile.title();
    }

    private void hover(double x) {
        mouse = x;
        plot.repaint();
    }

    private void paint(GraphicsContext g, double width, double height) {
        g.setFont(plot.smallFont());
        double text = g.getFont().getSize();
        int wanted = Math.max(2, (int) ((height - 3 * text) / (3 * text)));
        ValueAxis axis = ValueAxis.of(tile.summary().min(), tile.summary().max(), wanted);
        double left = 0;
        for (double tick : axis.ticks()) {
            left = Math.max(left, meter.width(tile.words(tick), g.getFont()));
        }
        LinePainter.Frame frame =
                new LinePainter.Frame(
                        left + 8,
                        text,
                        Math.max(1, width - left - 12),
                        Math.max(1, height - 3 * text),
                        axis.low(),
                        axis.high());
        axes(g, frame, axis, width);
        var palette = plot.palette();
        LinePainter.paint(g, tile, frame, tile.fresh() ? palette.accent() : palette.muted());
        int point = mouse < 0 ? -1 : LinePainter.nearest(tile, frame, mouse);
        if (point >= 0) {
            mark(g, frame, point, width);
        }
    }

    private void axes(GraphicsContext g, LinePainter.Frame frame, ValueAxis axis, double width) {
        var palette = plot.palette();
        g.setTextBaseline(VPos.CENTER);
        for (double tick : axis.ticks()) {
            double y = Math.round(frame.y(tick)) + 0.5;
            g.setStroke(palette.line());
            g.strokeLine(frame.left(), y, frame.left() + frame.width(), y);
            g.setFill(palette.muted());
            String words = tile.words(tick);
            g.fillText(words, frame.left() - 8 - meter.width(words, g.getFont()), y);
        }
        TimeScale scale =
                new TimeScale(tile.from(), tile.to(), frame.left(), frame.left() + frame.width());
        Duration step = scale.step(70);
        for (Instant tick : scale.ticks(times.zone(), step)) {
            String words = times.tick(tick, step);
            double wide = meter.width(words, g.getFont());
            double x = Math.min(scale.x(tick) - wide / 2, width - wide);
            g.fillText(words, x, frame.top() + frame.height() + g.getFont().getSize());
        }
    }

    private void mark(GraphicsContext g, LinePainter.Frame frame, int point, double width) {
        var palette = plot.palette();
        Instant at = Instant.ofEpochSecond(tile.series().second(point));
        double x = Math.round(LinePainter.x(tile, frame, at.getEpochSecond())) + 0.5;
        g.setStroke(palette.muted());
        g.strokeLine(x, frame.top(), x, frame.top() + frame.height());
        double y = frame.y(tile.series().value(point));
        g.setFill(palette.text());
        g.fillOval(x - 3, y - 3, 6, 6);
        String words = tile.words(tile.series().value(point)) + " at " + times.second(at);
        double wide = meter.width(words, g.getFont());
        double left = Math.clamp(x + 6, 0, Math.max(0, width - wide));
        g.setFill(palette.background());
        g.fillRect(left - 2, frame.top() - 8, wide + 4, 16);
        g.setFill(palette.text());
        g.fillText(words, left, frame.top());
    }
}
