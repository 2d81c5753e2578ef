package io.tailrace.desktop.metrics;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What can be done with a measure. FX thread only. */
final class TileMenu {

    private final MetricsModel model;
    private final Consumer<MetricTile> enlarge;
    private final Consumer<String> export;

    TileMenu(MetricsModel model, Consumer<MetricTile> enlarge, Consumer<String> export) {
        this.model = model;
        this.enlarge = enlarge;
        this.export = export;
    }

    void enlarge(MetricTile tile) {
        enlarge.accept(tile);
    }

    void togglePin(MetricTile tile) {
        model.togglePin(tile.title());
    }

    /** Moves a pinned measure forward or back. */
    void move(MetricTile tile, int by) {
        model.movePin(tile.title(), by);
    }

    /** Writes one measure into a file. */
    void export(MetricTile tile) {
        export.accept(csv(List.of(tile)));
    }

    void show(Node owner, MetricTile tile, ContextMenuEvent event) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().add(item("Enlarge", () -> enlarge(tile)));
        menu.getItems()
                .add(item(tile.pinned() ? "Unpin" : "Pin to the front", () -> togglePin(tile)));
        if (tile.pinned()) {
            menu.getItems().add(item("Move forward", () -> model.movePin(tile.title(), -1)));
            menu.getItems().add(item("Move back", () -> model.movePin(tile.title(), 1)));
        }
        menu.getItems().add(item("Export this measure …", () -> export.accept(csv(List.of(tile)))));
        menu.getItems().add(item("Export all measures …", () -> export.accept(csv(model.tiles()))));
        menu.show(owner, event.getScreenX(), event.getScreenY());
    }

    private static String csv(List<MetricTile> tiles) {
        return Csv.of(tiles, Instant.EPOCH, Instant.MAX.minusSeconds(1));
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
