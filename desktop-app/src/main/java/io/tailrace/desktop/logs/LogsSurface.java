package io.tailrace.desktop.logs;

import io.tailrace.desktop.theme.Palette;

import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The painted rows with their scroll bars. It paints when told to; {@link LogsPane} knows when. */
final class LogsSurface extends Region {

    private static final double BAR_HEIGHT = 10;

    private final LogsModel model;
    private final LogsGrid grid = new LogsGrid();
    private final LogsPainter painter;
    private final Canvas canvas = new Canvas();
    private final LogsScrollBar vertical;
    private final ScrollBar horizontal = new ScrollBar();
    private Palette palette = Palette.DARK;
    private int widest;

    LogsSurface(LogsModel model) {
        this.model = model;
        painter = new LogsPainter(model, grid);
        vertical = new LogsScrollBar(model);
        horizontal.setOrientation(Orientation.HORIZONTAL);
        horizontal.setVisible(false);
        horizontal.setFocusTraversable(false);
        horizontal.getStyleClass().add("logs-horizontal");
        horizontal.valueProperty().addListener((o, was, is) -> model.touch());
        getChildren().addAll(canvas, vertical, horizontal);
        getStyleClass().add("logs-surface");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setMinSize(120, LogsGrid.ROW * 2);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(1, getWidth() - LogsScrollBar.WIDTH);
        double bar = horizontal.isVisible() ? BAR_HEIGHT : 0;
        double height = Math.max(1, getHeight() - bar);
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            model.screen().resize(height / LogsGrid.ROW);
        }
        vertical.resizeRelocate(width, 0, LogsScrollBar.WIDTH, height);
        double message = Math.min(grid.message(), width);
        horizontal.resizeRelocate(message, height, width - message, bar);
    }

    void palette(Palette wanted) {
        palette = wanted;
        painter.palette(wanted);
        model.touch();
    }

    /** Paints what the model shows now. */
    void paint() {
        grid.fit(canvas.getWidth(), LineKey.position(Math.max(0, model.store().newest())));
        int now =
                painter.paint(
                        canvas.getGraphicsContext2D(),
                        canvas.getWidth(),
                        canvas.getHeight(),
                        scrolled());
        vertical.paint(palette);
        if (now > widest) {
            widest = now;
            fitHorizontal();
        }
    }

    /** Once there was a line too long for the screen the bar stays: rows do not jump. */
    private void fitHorizontal() {
        int beyond = Math.max(0, widest + 1 - grid.messageCells());
        horizontal.setMax(beyond);
        horizontal.setVisibleAmount((double) beyond * grid.messageCells() / (widest + 1.0));
        horizontal.setUnitIncrement(4);
        if (beyond > 0 && !horizontal.isVisible()) {
            horizontal.setVisible(true);
            requestLayout();
        }
    }

    /** How many cells of the message are left of the screen. */
    int scrolled() {
        return (int) Math.round(horizontal.getValue());
    }

    /** Moves the messages sideways by cells. */
    void scrollSideways(double cells) {
        fitHorizontal();
        horizontal.setValue(Math.clamp(horizontal.getValue() + cells, 0, horizontal.getMax()));
    }

    /** How high the rows' part is. */
    double rowsHeight() {
        return canvas.getHeight();
    }

    /** Whether a height is that of the row before the first line. */
    boolean onHead(double y) {
        Viewport screen = model.view().viewport();
        return Math.floor(screen.top() + y / LogsGrid.ROW) < model.view().lines().first();
    }

    /** The place in the log nearest to a point; null when no line is shown. */
    @Nullable LineAnchor anchorAt(double x, double y) {
        Viewport screen = model.view().viewport();
        long row = (long) Math.floor(screen.top() + y / LogsGrid.ROW);
        long line = model.view().lineAt(row);
        if (line < 0) {
            return null;
        }
        RowText text = new RowText(LogLine.read(model.store(), line).row());
        boolean below = row >= screen.end();
        double cell = (x - grid.message()) / grid.cell() + scrolled();
        return new LineAnchor(line, below ? text.columns() : text.columnAt(cell));
    }

    /** The middle of a place on the screen, for tests: x and y. */
    double[] pointOf(LineAnchor place) {
        RowText text = new RowText(LogLine.read(model.store(), place.line()).row());
        double row = model.view().rowOf(place.line()) - model.view().viewport().top();
        double cell = text.cellAt(place.column()) - scrolled();
        return new double[] {grid.message() + cell * grid.cell(), (row + 0.5) * LogsGrid.ROW};
    }

    List<String> visibleLines() {
        return painter.visibleLines();
    }
}
