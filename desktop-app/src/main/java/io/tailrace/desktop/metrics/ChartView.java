package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.util.Subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One measure or several in large: axes, figures of the span that is shown, values under the mouse.
 * Measures of one unit share the upright axis; each other one is drawn between its own least and
 * largest value, which the legend says.
 */
final class ChartView extends BorderPane {

    private static final double[][] DASHES = {{}, {}, {}, {6, 4}, {2, 3}};

    private final Label name = new Label();
    private final Label value = new Label();
    private final VBox legend = new VBox(1);
    private final PaintedRegion plot = new PaintedRegion(this::paint);
    private final TextMeter meter = new TextMeter();
    private final Times times;
    private final SharedTime shared;
    private final ChartAxes axes;
    private final ChartGestures gestures;
    private final Subscription heard;
    private final MenuButton more = new MenuButton(text("metrics.chart.add"));
    private final Set<String> added = new LinkedHashSet<>();
    private List<MetricTile> all = List.of();
    private MetricTile tile;

    ChartView(MetricTile tile, Times times, SharedTime shared, KeyTable keys, Runnable close) {
        this.tile = tile;
        this.times = times;
        this.shared = shared;
        this.axes = new ChartAxes(plot, times, meter);
        this.gestures = new ChartGestures(plot, shared, this::legend);
        getStyleClass().add("metrics-chart");
        name.getStyleClass().add("muted");
        value.getStyleClass().add("metrics-value");
        more.getStyleClass().add("chip");
        more.setOnShowing(_ -> offer());
        Button back = new Button(text("metrics.chart.back"));
        back.getStyleClass().addAll("quiet", "metrics-back");
        back.setOnAction(_ -> close.run());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        name.setMinWidth(0);
        HBox head = new HBox(8, name, space, more, back);
        setTop(new VBox(2, head, value, legend));
        setCenter(plot);
        plot.setFocusTraversable(true);
        plot.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        plot.setAccessibleHelp(text("metrics.chart.help"));
        keys.listen(this);
        heard =
                shared.cursor()
                        .subscribe(_ -> say())
                        .and(shared.range().subscribe(_ -> legend()))
                        .and(gestures.heard());
    }

    /** Nothing is heard any more of the time line of all panes, which lives longer. */
    void end() {
        heard.unsubscribe();
    }

    /** Shows the measures as they are now. */
    void show(MetricTile newTile, List<MetricTile> tiles) {
        tile = newTile;
        all = tiles;
        gestures.whole(TimeRange.between(tile.from(), tile.to()));
        name.setText(tile.heading());
        value.setText(tile.current());
        legend();
    }

    ChartGestures gestures() {
        return gestures;
    }

    /** What is under the cursor, to those who cannot see it. */
    private void say() {
        Instant at = shared.cursor().get();
        if (at == null || !plot.isFocused()) {
            return;
        }
        StringBuilder words = new StringBuilder(times.second(at));
        for (MetricTile one : drawn()) {
            int point = one.series().nearest(at.getEpochSecond());
            if (point >= 0) {
                String value = one.words(one.series().value(point));
                words.append(", ").append(text("metrics.chart.value", one.heading(), value));
            }
        }
        plot.setAccessibleText(words.toString());
    }

    PaintedRegion plot() {
        return plot;
    }

    String title() {
        return tile.title();
    }

    private void offer() {
        more.getItems().clear();
        for (MetricTile other : all) {
            if (!other.title().equals(tile.title())) {
                CheckMenuItem item = new CheckMenuItem(other.heading());
                item.setMnemonicParsing(false);
                item.setSelected(added.contains(other.title()));
                item.setOnAction(_ -> {
                    if (!added.remove(other.title())) {
                        added.add(other.title());
                    }
                    legend();
                });
                more.getItems().add(item);
            }
        }
    }

    private List<MetricTile> drawn() {
        List<MetricTile> drawn = new ArrayList<>(List.of(tile));
        for (MetricTile other : all) {
            if (added.contains(other.title()) && drawn.size() < DASHES.length) {
                drawn.add(other);
            }
        }
        return drawn;
    }

    private void legend() {
        TimeRange shown = figured();
        legend.getChildren().clear();
        List<MetricTile> drawn = drawn();
        StringBuilder spoken = new StringBuilder();
        for (int i = 0; i < drawn.size(); i++) {
            MetricTile one = drawn.get(i);
            String words = one.words(summary(one, shown));
            if (drawn.size() > 1) {
                words = text("metrics.chart.whose", one.heading(), words);
            }
            Label line = new Label(words);
            boolean first = i == 0 && drawn.size() > 1;
            String tone = i == 1 || i == 3 ? "text" : first ? "accent" : "muted";
            line.getStyleClass().addAll("small", tone);
            line.setWrapText(true);
            legend.getChildren().add(line);
            spoken.append(words).append(". ");
        }
        plot.setAccessibleText(
                text("metrics.chart.spoken", tile.heading(), tile.current(), spoken));
        plot.repaint();
    }

    /** The figures are of the span that is chosen, otherwise of what is shown. */
    private TimeRange figured() {
        TimeRange all = gestures.shown();
        TimeRange range = shared.range().get();
        return range == null || !range.overlaps(all.begin(), all.end())
                ? all
                : range.within(all.begin(), all.end());
    }

    private static Series.Summary summary(MetricTile tile, TimeRange shown) {
        return tile.series().summary(shown.begin().getEpochSecond(), shown.end().getEpochSecond());
    }

    /** Told apart by weight and dashes: colour means state and nothing else. */
    private Color color(int line) {
        var palette = plot.palette();
        return switch (line) {
            case 0 -> tile.fresh() ? palette.accent() : palette.muted();
            case 1, 3 -> palette.text();
            default -> palette.muted();
        };
    }

    private void paint(GraphicsContext g, double width, double height) {
        g.setFont(plot.smallFont());
        g.setTextBaseline(VPos.CENTER);
        double text = g.getFont().getSize();
        TimeRange shown = gestures.shown();
        Series.Summary figures = shared(tile, shown);
        int wanted = Math.max(2, (int) ((height - 3 * text) / (3 * text)));
        ValueAxis axis = ValueAxis.of(figures.min(), figures.max(), wanted);
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
        gestures.painted(frame);
        axes.values(g, tile, frame, axis);
        axes.times(g, frame, shown, width);
        axes.range(g, frame, shown, shared);
        List<MetricTile> drawn = drawn();
        for (int i = drawn.size() - 1; i >= 0; i--) {
            line(g, drawn.get(i).during(shown), i, frame);
        }
        axes.marks(g, frame, shown, shared);
        values(g, drawn, frame, shown, width);
    }

    private void line(GraphicsContext g, MetricTile one, int index, LinePainter.Frame frame) {
        g.save();
        g.beginPath();
        g.rect(frame.left(), 0, frame.width(), frame.top() + frame.height() + 1);
        g.clip();
        g.setLineDashes(DASHES[index]);
        LinePainter.paint(g, one, own(one, frame), color(index));
        g.restore();
    }

    /** Measures of the same unit share the axis; others have their own. */
    private LinePainter.Frame own(MetricTile one, LinePainter.Frame frame) {
        if (sameUnit(one)) {
            return frame;
        }
        Series.Summary figures = summary(one, gestures.shown());
        return new LinePainter.Frame(
                frame.left(),
                frame.top(),
                frame.width(),
                frame.height(),
                figures.min(),
                figures.max());
    }

    private boolean sameUnit(MetricTile one) {
        return Objects.equals(one.unit(), tile.unit());
    }

    /** The least and largest value of all that share the axis. */
    private Series.Summary shared(MetricTile first, TimeRange shown) {
        Series.Summary figures = summary(first, shown);
        double low = figures.min();
        double high = figures.max();
        for (MetricTile other : drawn()) {
            Series.Summary its = summary(other, shown);
            if (sameUnit(other) && its.points() > 0) {
                low = Math.min(low, its.min());
                high = Math.max(high, its.max());
            }
        }
        return new Series.Summary(figures.points(), figures.current(), low, high, figures.p95());
    }

    /** What all lines say where somebody points, in this pane or another. */
    private void values(
            GraphicsContext g,
            List<MetricTile> drawn,
            LinePainter.Frame frame,
            TimeRange shown,
            double width) {
        Instant at = shared.cursor().get();
        if (at == null || !shown.contains(at)) {
            return;
        }
        double x = ChartAxes.scale(frame, shown).x(at);
        double top = frame.top();
        for (int i = 0; i < drawn.size(); i++) {
            MetricTile one = drawn.get(i).during(shown);
            int point = LinePainter.nearest(one, frame, x);
            if (point >= 0) {
                Instant second = Instant.ofEpochSecond(one.series().second(point));
                String value = one.words(one.series().value(point));
                String words = text("metrics.chart.at", value, times.second(second));
                LinePainter.Frame its = own(one, frame);
                Color tone = i == 0 ? plot.palette().text() : color(i);
                double place = LinePainter.x(one, its, one.series().second(point));
                double y = its.y(one.series().value(point));
                axes.value(g, place, y, words, tone, top, width);
                top += g.getFont().getSize() * 1.5;
            }
        }
    }
}
