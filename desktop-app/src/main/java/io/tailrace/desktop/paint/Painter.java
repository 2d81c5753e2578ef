package io.tailrace.desktop.paint;

import javafx.scene.canvas.GraphicsContext;

/** Paints a region; called on the FX thread, once per pulse at most, on a cleared canvas. */
@FunctionalInterface
public interface Painter {

    /**
     * Paints everything that is visible.
     *
     * @param width of the region, in pixels
     * @param height of the region, in pixels
     */
    void paint(GraphicsContext graphics, double width, double height);
}
