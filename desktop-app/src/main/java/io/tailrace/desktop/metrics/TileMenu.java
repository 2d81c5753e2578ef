package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.text;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;

import java.time.Instant;
import java.util.ArrayList;
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
        String pin = tile.pinned() ? text("metrics.menu.unpin") : text("metrics.menu.pin");
        List<MenuItem> items = new ArrayList<>();
        items.add(item(text("metrics.menu.enlarge"), () -> enlarge(tile)));
        items.add(item(pin, () -> togglePin(tile)));
        if (tile.pinned()) {
            items.add(item(text("metrics.menu.forward"), () -> move(tile, -1)));
            items.add(item(text("metrics.menu.back"), () -> move(tile, 1)));
        }
        items.add(item(text("metrics.menu.export"), () -> export(tile)));
        items.add(item(text("metrics.menu.exportAll"), () -> export.accept(csv(model.tiles()))));
        ContextMenu menu = new ContextMenu(items.toArray(MenuItem[]::new));
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
