package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Tiles of measures; a click enlarges one, Escape shows all again. FX thread only. */
public final class MetricsPane extends BorderPane {

    private final MetricsModel model;
    private final Times times;
    private final SharedTime shared;
    private final TileMenu menu;
    private final KeyTable tileKeys = new KeyTable(text("metrics.keys.tile"));
    private final KeyTable chartKeys = new KeyTable(text("metrics.keys.chart"));
    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.DARK);
    private final DoubleProperty fontSize = new SimpleDoubleProperty(13);
    private final TileGrid grid = new TileGrid();
    private final StackPane body;
    private final List<TileView> views = new ArrayList<>();
    private @Nullable ChartView chart;

    /**
     * Shows the measures of a model.
     *
     * @param shared the time line of all panes
     * @param export takes measures as comma-separated values, to be put into a file
     */
    public MetricsPane(
            MetricsModel model, Times times, SharedTime shared, Consumer<String> export) {
        this.model = model;
        this.times = times;
        this.shared = shared;
        this.menu = new TileMenu(model, this::enlarge, export);
        bind();
        getStyleClass().add("metrics-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(MetricsPane.class.getResource("metrics.css"))
                                .toExternalForm());
        Label empty = new Label(text("metrics.empty"));
        empty.getStyleClass().addAll("muted", "metrics-empty");
        empty.setWrapText(true);
        Label note = new Label();
        note.getStyleClass().addAll("muted", "small", "metrics-note");
        note.setWrapText(true);
        note.textProperty().bind(model.note());
        note.visibleProperty().bind(model.note().isNotEmpty());
        note.managedProperty().bind(note.visibleProperty());
        ScrollPane scroll = new ScrollPane(new VBox(grid, note));
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("metrics-scroll");
        body = new StackPane(scroll, empty);
        setCenter(body);
        fontSize.subscribe(size -> grid.tileHeight(size.doubleValue() * 8.8));
        model.tiles()
                .addListener(
                        (ListChangeListener<MetricTile>)
                                _ -> {
                                    empty.setVisible(model.tiles().isEmpty());
                                    refresh();
                                });
        empty.setVisible(model.tiles().isEmpty());
        shared.range().subscribe(this::refresh);
        refresh();
    }

    /** The colours of what is painted. */
    public ObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    /** The size of interface text, in pixels. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** The keys of the tiles and of a large chart. */
    public List<KeyTable> keys() {
        return List.of(tileKeys, chartKeys);
    }

    private void bind() {
        tileKeys.pair("←", "→", text("metrics.keys.go"), () -> go(-1), () -> go(1))
                .pair(
                        "↑",
                        "↓",
                        text("metrics.keys.above"),
                        () -> go(-columns()),
                        () -> go(columns()))
                .on("Enter Space", text("metrics.keys.enlarge"), () -> withTile(menu::enlarge))
                .on("P", text("metrics.keys.pin"), () -> withTile(menu::togglePin))
                .pair(
                        "Shift+←",
                        "Shift+→",
                        text("metrics.keys.move"),
                        () -> withTile(tile -> menu.move(tile, -1)),
                        () -> withTile(tile -> menu.move(tile, 1)))
                .on("Ctrl+E", text("metrics.keys.export"), () -> withTile(menu::export));
        chartKeys
                .pair("←", "→", text("metrics.keys.cursor"), () -> point(false), () -> point(true))
                .pair("+", "-", text("metrics.keys.zoom"), () -> zoom(true), () -> zoom(false))
                .on("=", "", () -> zoom(true))
                .pair(
                        "Shift+←",
                        "Shift+→",
                        text("metrics.keys.pan"),
                        () -> pan(false),
                        () -> pan(true))
                .on("S", text("metrics.keys.share"), () -> with(ChartGestures::share))
                .on("Esc", text("metrics.keys.back"), this::back)
                .tell(text("metrics.keys.wheel"), text("metrics.keys.wheel.help"));
    }

    private void withTile(Consumer<MetricTile> action) {
        views.stream().filter(Node::isFocused).findFirst().map(TileView::tile).ifPresent(action);
    }

    private int columns() {
        return TileGrid.columns(grid.getWidth());
    }

    private void go(int by) {
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).isFocused()) {
                views.get(Math.clamp((long) i + by, 0, views.size() - 1)).requestFocus();
                return;
            }
        }
    }

    private void with(Consumer<ChartGestures> action) {
        if (chart != null) {
            action.accept(chart.gestures());
        }
    }

    private void point(boolean later) {
        with(gestures -> gestures.point(later));
    }

    private void zoom(boolean nearer) {
        with(gestures -> gestures.zoomBy(nearer));
    }

    private void pan(boolean later) {
        with(gestures -> gestures.pan(later));
    }

    private void back() {
        if (chart != null && !chart.gestures().reset()) {
            closeChart();
        }
    }

    /** Shows a measure in large. */
    public void open(String title) {
        model.tiles().stream()
                .filter(tile -> tile.title().equals(title))
                .findFirst()
                .ifPresent(this::enlarge);
    }

    private void refresh() {
        List<MetricTile> tiles = model.tiles();
        while (views.size() > tiles.size()) {
            views.removeLast();
        }
        for (int i = 0; i < tiles.size(); i++) {
            if (i == views.size()) {
                views.add(view(chosen(tiles.get(i))));
            } else {
                views.get(i).show(chosen(tiles.get(i)));
            }
        }
        if (!grid.getChildren().equals(views)) {
            grid.getChildren().setAll(views);
        }
        if (chart != null) {
            String title = chart.title();
            tiles.stream()
                    .filter(tile -> tile.title().equals(title))
                    .findFirst()
                    .ifPresentOrElse(tile -> show(tile, tiles), this::closeChart);
        }
    }

    /** Of the span that is chosen, when one is that the measure has something of. */
    private MetricTile chosen(MetricTile tile) {
        TimeRange range = shared.range().get();
        return range == null || !range.overlaps(tile.from(), tile.to())
                ? tile
                : tile.during(range.within(tile.from(), tile.to()));
    }

    private void show(MetricTile tile, List<MetricTile> tiles) {
        if (chart != null) {
            chart.show(tile, tiles);
        }
    }

    private TileView view(MetricTile tile) {
        TileView view = new TileView(tile, times, shared, menu, tileKeys);
        view.line().paletteProperty().bind(palette);
        view.line().fontSizeProperty().bind(fontSize);
        return view;
    }

    private void enlarge(MetricTile tile) {
        closeChart();
        ChartView view = new ChartView(tile, times, shared, chartKeys, this::closeChart);
        view.plot().paletteProperty().bind(palette);
        view.plot().fontSizeProperty().bind(fontSize);
        chart = view;
        view.show(tile, model.tiles());
        setCenter(view);
        view.plot().requestFocus();
    }

    /** Shows all measures. */
    public void close() {
        closeChart();
    }

    private void closeChart() {
        if (chart != null) {
            chart.end();
            chart = null;
            setCenter(body);
        }
    }
}
