package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.theme.Palette;

import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/**
 * The scroll bar of the log: a thumb for the part on the screen, and a mark wherever a line
 * matches, however many lines there are. FX thread.
 */
final class LogsScrollBar extends Region {

    /** How wide it is. */
    static final double WIDTH = 14;

    private static final double MARKS = 9;

    private static final double MIN_THUMB = 28;

    private final Canvas canvas = new Canvas();
    private final LogsModel model;
    private double grip = -1; // where in the thumb the mouse holds it

    LogsScrollBar(LogsModel model) {
        this.model = model;
        getChildren().add(canvas);
        getStyleClass().add("logs-scroll-bar");
        setAccessibleRole(AccessibleRole.SCROLL_BAR);
        setAccessibleText(Texts.text("logs.position"));
        setPrefWidth(WIDTH);
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(e -> grip = -1);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
    }

    private double rows() {
        Viewport screen = model.view().viewport();
        return Math.max(1.0, (double) (screen.end() - screen.first()));
    }

    private double thumb() {
        double part = model.view().viewport().onScreen() / rows();
        return Math.min(getHeight(), Math.max(MIN_THUMB, getHeight() * part));
    }

    private double travel() {
        return model.view().viewport().travel();
    }

    private double thumbTop() {
        Viewport screen = model.view().viewport();
        double travel = travel();
        return travel == 0 ? 0 : (screen.top() - screen.first()) / travel * (getHeight() - thumb());
    }

    private void press(MouseEvent event) {
        double top = thumbTop();
        boolean onThumb = event.getY() >= top && event.getY() < top + thumb();
        grip = onThumb ? event.getY() - top : thumb() / 2;
        drag(event);
        event.consume();
    }

    private void drag(MouseEvent event) {
        double room = getHeight() - thumb();
        if (grip < 0 || room <= 0) {
            return;
        }
        double part = Math.clamp((event.getY() - grip) / room, 0, 1);
        if (part >= 1) {
            model.follow();
        } else {
            model.screen().jump(model.view().viewport().first() + part * travel());
        }
        event.consume();
    }

    void paint(Palette palette) {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double height = canvas.getHeight();
        g.setFill(palette.background());
        g.fillRect(0, 0, WIDTH, height);
        if (travel() > 0) {
            g.setFill(palette.muted().deriveColor(0, 1, 1, grip < 0 ? 0.35 : 0.6));
            g.fillRoundRect(2, thumbTop(), MARKS - 3, thumb(), 6, 6);
        }
        marks(g, palette, height);
    }

    /** One question for each pixel, not one mark for each match. */
    private void marks(GraphicsContext g, Palette palette, double height) {
        LineList matches = model.findState().matches();
        LineList lines = model.view().lines();
        if (matches.count() == 0 || lines.count() == 0) {
            return;
        }
        g.setFill(palette.warn());
        double perPixel = rows() / Math.max(1, height);
        long first = model.view().viewport().first();
        for (int y = 0; y < height; y++) {
            long from = first + (long) Math.ceil(y * perPixel);
            long to = first + (long) Math.ceil((y + 1) * perPixel);
            if (to > from && from < lines.size()) {
                long index = matches.lowerBound(model.view().lineAt(from));
                long last = model.view().lineAt(to - 1);
                if (index < matches.size() && matches.get(index) <= last) {
                    g.fillRect(MARKS, y, WIDTH - MARKS - 1, Math.max(1, Math.min(3, 1 / perPixel)));
                }
            }
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        Viewport screen = model.view().viewport();
        return switch (attribute) {
            case ORIENTATION -> Orientation.VERTICAL;
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> travel();
            case VALUE -> screen.top() - screen.first();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
