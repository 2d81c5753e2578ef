package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Instant;

/** A measure in small: name, newest value, line. */
final class TileView extends VBox {

    private final Times times;
    private final SharedTime shared;
    private final Label name = new Label();
    private final Label value = new Label();
    private final Tooltip tooltip = new Tooltip();
    private final PaintedRegion line = new PaintedRegion(this::paint);
    private final TextMeter meter = new TextMeter();
    private MetricTile tile;

    TileView(MetricTile tile, Times times, SharedTime shared, TileMenu menu, KeyTable keys) {
        this.shared = shared;
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
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                menu.enlarge(this.tile);
            }
        });
        setOnContextMenuRequested(event -> menu.show(this, this.tile, event));
        keys.listen(this);
        setAccessibleHelp(text("metrics.tile.help"));
        shared.cursor().subscribe(line::repaint);
        line.setOnMouseMoved(event -> hover(event.getX()));
        line.setOnMouseExited(_ -> hover(-1));
        show(tile);
    }

    /** Shows the measure as it is now. */
    void show(MetricTile newTile) {
        tile = newTile;
        name.setText((tile.pinned() ? "▪ " : "") + tile.heading());
        value.setText(tile.current());
        tooltip.setText(tile.heading());
        setAccessibleText(
                tile.pinned()
                        ? text("metrics.tile.pinned", tile.heading(), tile.current())
                        : text("metrics.tile.spoken", tile.heading(), tile.current()));
        line.repaint();
    }

    MetricTile tile() {
        return tile;
    }

    PaintedRegion line() {
        return line;
    }

    /** Points at the same time in every pane. */
    private void hover(double x) {
        long span = tile.to().getEpochSecond() - tile.from().getEpochSecond();
        double share = (x - 2) / Math.max(1, line.getWidth() - 4);
        shared.cursor().set(x < 0 ? null : tile.from().plusMillis((long) (share * span * 1_000)));
    }

    private void paint(GraphicsContext g, double width, double height) {
        LinePainter.Frame frame =
                LinePainter.Frame.around(2, 4, width - 4, height - 8, tile.summary());
        var palette = line.palette();
        LinePainter.paint(g, tile, frame, tile.fresh() ? palette.accent() : palette.muted());
        Instant at = shared.cursor().get();
        boolean pointed = at != null && !at.isBefore(tile.from()) && !at.isAfter(tile.to());
        int point =
                pointed
                        ? LinePainter.nearest(
                                tile, frame, LinePainter.x(tile, frame, at.getEpochSecond()))
                        : -1;
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
