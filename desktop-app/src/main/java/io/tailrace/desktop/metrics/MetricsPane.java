package io.tailrace.desktop.metrics;

import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.time.SharedTime;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
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
        getStyleClass().add("metrics-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(MetricsPane.class.getResource("metrics.css"))
                                .toExternalForm());
        Label empty = new Label("No measures yet. Metrics that pipelines send appear here.");
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

    private void refresh() {
        List<MetricTile> tiles = model.tiles();
        while (views.size() > tiles.size()) {
            views.removeLast();
        }
        for (int i = 0; i < tiles.size(); i++) {
            if (i == views.size()) {
                views.add(view(tiles.get(i)));
            } else {
                views.get(i).show(tiles.get(i));
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

    private void show(MetricTile tile, List<MetricTile> tiles) {
        if (chart != null) {
            chart.show(tile, tiles);
        }
    }

    private TileView view(MetricTile tile) {
        TileView view = new TileView(tile, times, shared, menu);
        view.line().paletteProperty().bind(palette);
        view.line().fontSizeProperty().bind(fontSize);
        return view;
    }

    private void enlarge(MetricTile tile) {
        ChartView view = new ChartView(tile, times, shared, this::closeChart);
        view.plot().paletteProperty().bind(palette);
        view.plot().fontSizeProperty().bind(fontSize);
        chart = view;
        view.show(tile, model.tiles());
        setCenter(view);
        view.plot().requestFocus();
    }

    private void closeChart() {
        if (chart != null) {
            chart = null;
            setCenter(body);
        }
    }
}
