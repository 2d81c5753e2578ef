package io.tailrace.desktop.metrics;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.text.Times;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.function.Consumer;

/** A measure in small: name, newest value, line. */
final class TileView extends VBox {

    private final Times times;
    private final Label name = new Label();
    private final Label value = new Label();
    private final Tooltip tooltip = new Tooltip();
    private final PaintedRegion line = new PaintedRegion(this::paint);
    private final TextMeter meter = new TextMeter();
    private MetricTile tile;
    private double mouse = -1;

    TileView(MetricTile tile, Times times, Consumer<MetricTile> enlarge) {
        this.tile = tile;
        this.times = times;
        getStyleClass().addAll("card", "metrics-tile");
        name.getStyleClass().addAll("muted", "small");
        value.getStyleClass().add("metrics-value");
        line.setMinHeight(20);
        VBox.setVgrow(line, Priority.ALWAYS);
        getChildren().setAll(name, value, line);
        setMinWidth(0);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        Tooltip.install(name, tooltip);
        setOnMouseClicked(_ -> enlarge.accept(this.tile));
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                enlarge.accept(this.tile);
                event.consume();
            }
        });
        line.setOnMouseMoved(event -> hover(event.getX()));
        line.setOnMouseExited(_ -> hover(-1));
        show(tile);
    }

    /** Shows the measure as it is now. */
    void show(MetricTile newTile) {
        tile = newTile;
        name.setText(tile.heading());
        value.setText(tile.current());
        tooltip.setText(tile.heading());
        setAccessibleText(tile.heading() + ": " + tile.current());
        line.repaint();
    }

    PaintedRegion line() {
        return line;
    }

    private void hover(double x) {
        mouse = x;
        line.repaint();
    }

    private void paint(GraphicsContext g, double width, double height) {
        LinePainter.Frame frame =
                LinePainter.Frame.around(2, 4, width - 4, height - 8, tile.summary());
        var palette = line.palette();
        LinePainter.paint(g, tile, frame, tile.fresh() ? palette.accent() : palette.muted());
        int point = mouse < 0 ? -1 : LinePainter.nearest(tile, frame, mouse);
        if (point < 0) {
            return;
        }
        double x = LinePainter.x(tile, frame, tile.series().second(point));
        double y = frame.y(tile.series().value(point));
        g.setFill(palette.text());
        g.fillOval(x - 2.5, y - 2.5, 5, 5);
        g.setFont(line.smallFont());
        g.setTextBaseline(VPos.TOP);
        String words =
                tile.words(tile.series().value(point))
                        + "  "
                        + times.second(Instant.ofEpochSecond(tile.series().second(point)));
        double wide = meter.width(words, g.getFont());
        double left = Math.clamp(x - wide / 2, 0, Math.max(0, width - wide));
        double top = y > height / 2 ? 0 : height - line.smallFont().getSize() - 4;
        g.setFill(palette.background());
        g.fillRect(left - 2, top, wide + 4, line.smallFont().getSize() + 4);
        g.setFill(palette.text());
        g.fillText(words, left, top);
    }
}
