package io.tailrace.desktop.metrics;

import java.util.List;

/** Looks into a metrics model from outside of its package. */
public final class ShownTiles {

    private ShownTiles() {}

    /** Title and newest value of each tile. */
    public static List<String> of(MetricsModel model) {
        return model.tiles().stream().map(tile -> tile.title() + " " + tile.current()).toList();
    }
}
