package io.tailrace.desktop.metrics;

import javafx.geometry.HPos;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Tiles of one size, as many beside each other as there is room for. */
final class TileGrid extends Pane {

    private static final double GAP = 10;
    private static final double PADDING = 14;
    private static final double NARROWEST = 130;
    private static final double WIDEST = 260;

    private double tileHeight = 115;

    void tileHeight(double height) {
        tileHeight = Math.round(height);
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 2 * PADDING + 2 * NARROWEST + GAP;
    }

    @Override
    protected double computePrefHeight(double width) {
        int columns = columns(width < 0 ? getWidth() : width);
        int rows = (getChildren().size() + columns - 1) / columns;
        return rows == 0 ? 0 : 2 * PADDING + rows * tileHeight + (rows - 1) * GAP;
    }

    @Override
    protected void layoutChildren() {
        int columns = columns(getWidth());
        double width = (getWidth() - 2 * PADDING - (columns - 1) * GAP) / columns;
        int i = 0;
        for (Node child : getChildren()) {
            int row = i / columns;
            double x = PADDING + (i - row * columns) * (width + GAP);
            double y = PADDING + row * (tileHeight + GAP);
            layoutInArea(
                    child,
                    snapPositionX(x),
                    snapPositionY(y),
                    snapSizeX(Math.max(1, width)),
                    tileHeight,
                    0,
                    HPos.LEFT,
                    VPos.TOP);
            i++;
        }
    }

    /** Two as a rule; one where it is narrow, more where tiles would become very wide. */
    static int columns(double width) {
        double room = width - 2 * PADDING;
        if (room < 2 * NARROWEST + GAP) {
            return 1;
        }
        return Math.max(2, (int) ((room + GAP) / (WIDEST + GAP)));
    }
}
