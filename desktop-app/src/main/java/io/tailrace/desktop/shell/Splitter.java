package io.tailrace.desktop.shell;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Orientation;
import javafx.scene.Cursor;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * Two panes with a 1 px line between them that can be dragged. One of the two has a size in pixels,
 * the other takes what is left, so a larger window gives its room to the one that needs it. A
 * double click on the line folds the sized pane away and brings it back.
 */
final class Splitter extends Region {

    /** Which of the two has a size of its own. */
    enum Sized {
        FIRST,
        SECOND
    }

    private static final double GRIP = 7; // the mouse finds the line within this many pixels
    private static final double LEAST = 80;

    private final Orientation orientation;
    private final Region first;
    private final Region second;
    private final Sized sized;
    private final DoubleProperty size;
    private final BooleanProperty folded = new SimpleBooleanProperty();
    private final Region line = new Region();

    /**
     * Two panes beside (horizontal) or above (vertical) each other.
     *
     * @param size of the sized pane in pixels; dragging changes it
     */
    Splitter(
            Orientation orientation,
            Region first,
            Region second,
            Sized sized,
            DoubleProperty size) {
        this.orientation = orientation;
        this.first = first;
        this.second = second;
        this.sized = sized;
        this.size = size;
        line.getStyleClass().addAll("split-line", horizontal() ? "upright" : "level");
        line.setCursor(horizontal() ? Cursor.H_RESIZE : Cursor.V_RESIZE);
        line.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        line.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        getChildren().addAll(first, second, line);
        setMinSize(0, 0);
        size.subscribe(this::requestLayout);
        folded.subscribe(away -> {
            (sized == Sized.FIRST ? first : second).setVisible(!away);
            requestLayout();
        });
    }

    /** Whether the sized pane is folded away. */
    BooleanProperty folded() {
        return folded;
    }

    @Override
    protected void layoutChildren() {
        double all = horizontal() ? getWidth() : getHeight();
        double own = folded.get() ? 0 : limited(size.get(), all);
        double at = snapPositionX(sized == Sized.FIRST ? own : all - own - 1);
        if (horizontal()) {
            first.resizeRelocate(0, 0, at, getHeight());
            second.resizeRelocate(at + 1, 0, all - at - 1, getHeight());
            line.resizeRelocate(at - (GRIP - 1) / 2, 0, GRIP, getHeight());
        } else {
            first.resizeRelocate(0, 0, getWidth(), at);
            second.resizeRelocate(0, at + 1, getWidth(), all - at - 1);
            line.resizeRelocate(0, at - (GRIP - 1) / 2, getWidth(), GRIP);
        }
    }

    /** Both panes always keep some room, whatever the window's size. */
    private static double limited(double wanted, double all) {
        return Math.max(0, Math.min(Math.max(wanted, LEAST), all - Math.max(LEAST, all * 0.3)));
    }

    private void dragged(MouseEvent event) {
        var point = sceneToLocal(event.getSceneX(), event.getSceneY());
        double all = horizontal() ? getWidth() : getHeight();
        double at = horizontal() ? point.getX() : point.getY();
        folded.set(false);
        size.set(limited(sized == Sized.FIRST ? at : all - at, all));
        event.consume();
    }

    private void clicked(MouseEvent event) {
        if (event.getClickCount() == 2) {
            folded.set(!folded.get());
        }
    }

    private boolean horizontal() {
        return orientation == Orientation.HORIZONTAL;
    }
}
