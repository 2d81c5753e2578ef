package io.tailrace.desktop.paint;

import io.tailrace.desktop.text.Tone;
import io.tailrace.desktop.theme.Fonts;
import io.tailrace.desktop.theme.Palette;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * A region that is painted instead of filled with nodes. However often {@link #repaint} is called,
 * it paints once per pulse, as part of layout.
 */
public final class PaintedRegion extends Region {

    /** Beyond this a canvas costs too much memory; what is larger must scroll inside. */
    private static final double MAX_SIZE = 4096;

    private final Canvas canvas = new Canvas();
    private final Painter painter;
    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.DARK);
    private final DoubleProperty fontSize = new SimpleDoubleProperty(13);

    /** A region that the painter paints. */
    public PaintedRegion(Painter painter) {
        this.painter = painter;
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        setMinSize(0, 0);
        palette.subscribe(this::repaint);
        fontSize.subscribe(this::repaint);
    }

    /** Paints in the next pulse. */
    public void repaint() {
        requestLayout();
    }

    /** The colours to paint with. */
    public ObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    /** The size of interface text, in pixels. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** The colours to paint with. */
    public Palette palette() {
        return palette.get();
    }

    /** The font of small labels. */
    public Font smallFont() {
        return Fonts.text(Math.round(fontSize.get() * 0.92 * 2) / 2.0);
    }

    /** The colour of a tone. */
    public Color color(Tone tone) {
        return switch (tone) {
            case MUTED -> palette().muted();
            case TEXT -> palette().text();
            case ACCENT -> palette().accent();
            case OK -> palette().ok();
            case WARN -> palette().warn();
            case ERROR -> palette().error();
        };
    }

    @Override
    protected void layoutChildren() {
        double width = Math.min(MAX_SIZE, snapSizeX(getWidth()));
        double height = Math.min(MAX_SIZE, snapSizeY(getHeight()));
        canvas.setWidth(width);
        canvas.setHeight(height);
        if (width <= 0 || height <= 0) {
            return;
        }
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, width, height);
        graphics.save();
        painter.paint(graphics, width, height);
        graphics.restore();
    }
}
