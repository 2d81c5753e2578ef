package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.theme.Theme;

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
    private final LogsGrid grid = new LogsGrid(Theme.NORMAL_SIZE);
    private final LogsPainter painter;
    private final Canvas canvas = new Canvas();
    private final LogsScrollBar vertical;
    private final ScrollBar horizontal = new ScrollBar();
    private Palette palette = Palette.DARK;
    private int widest;
    private @Nullable LineList measured; // the lines of which one was too long for the screen

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
        setAccessibleRoleDescription(Texts.text("logs.role"));
        setMinSize(120, grid.row() * 2);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(1, getWidth() - LogsScrollBar.WIDTH);
        double height = Math.max(1, getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            measured = null;
            model.screen().resize(height / grid.row());
        }
        vertical.resizeRelocate(width, 0, LogsScrollBar.WIDTH, height);
        double message = Math.min(grid.message(), width);
        horizontal.resizeRelocate(message, height - BAR_HEIGHT, width - message, BAR_HEIGHT);
    }

    void palette(Palette wanted) {
        palette = wanted;
        painter.palette(wanted);
        model.touch();
    }

    /** Takes the size of interface text, in pixels; the rows that are read stay on the screen. */
    void fontSize(double size) {
        grid.size(size);
        setMinSize(120, grid.row() * 2);
        if (canvas.getHeight() > 0) {
            measured = null;
            model.screen().resize(canvas.getHeight() / grid.row());
        }
        requestLayout();
    }

    /** The height of a row, in pixels. */
    double rowHeight() {
        return grid.row();
    }

    /** Paints what the model shows now. */
    void paint() {
        grid.fit(canvas.getWidth(), LineKey.position(Math.max(0, model.store().newest())));
        paintRows();
        if (leaveRoom()) {
            paintRows(); // at once, so that nobody sees the newest row behind the bar
        }
        vertical.paint(palette);
    }

    private void paintRows() {
        int now =
                painter.paint(
                        canvas.getGraphicsContext2D(),
                        canvas.getWidth(),
                        canvas.getHeight(),
                        scrolled());
        widest = Math.max(now, scrolled() == 0 ? 0 : widest); // nothing moves under who scrolls
        fitHorizontal();
    }

    /**
     * Keeps the newest row above the bar. The room stays while the same lines are shown: rows would
     * jump with every long line that comes and goes. Who reads sees no row move.
     *
     * @return whether rows may stand elsewhere now
     */
    private boolean leaveRoom() {
        LineList lines = model.view().lines();
        boolean before = measured != null;
        measured = horizontal.isVisible() || measured == lines ? lines : null;
        boolean room = measured != null;
        if (room != before) {
            double height = canvas.getHeight() - (room ? BAR_HEIGHT : 0);
            model.view().viewport().resize(height / grid.row());
        }
        return room != before;
    }

    /** The bar comes only with lines too long for the screen. */
    private void fitHorizontal() {
        int beyond = Math.max(0, widest + 1 - grid.messageCells());
        horizontal.setMax(beyond);
        horizontal.setVisibleAmount((double) beyond * grid.messageCells() / (widest + 1.0));
        horizontal.setUnitIncrement(4);
        horizontal.setVisible(beyond > 0);
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
        return rowAt(y) < model.view().lines().first();
    }

    private double rowAt(double y) {
        Viewport screen = model.view().viewport();
        return Math.floor(screen.moved(screen.top(), y / grid.row()));
    }

    /** The entry of several lines whose sign for folding is at a point; -1 when none is. */
    long foldAt(double x, double y) {
        long line = model.view().lineAt((long) rowAt(y));
        boolean at = x >= grid.fold() && x < grid.message();
        return at && line >= 0 && LogLine.read(model.store(), line).more() > 0 ? line : -1;
    }

    /** The place in the log nearest to a point; null when no line is shown. */
    @Nullable LineAnchor anchorAt(double x, double y) {
        Viewport screen = model.view().viewport();
        long row = (long) rowAt(y);
        long line = model.view().lineAt(row);
        if (line < 0) {
            return null;
        }
        RowText text = new RowText(LogLine.read(model.store(), line).row());
        double within = y / grid.row() - screen.below(row);
        boolean below = row >= screen.end() || (row >= screen.top() && within >= 1);
        double cell = (x - grid.message()) / grid.cell() + scrolled();
        return new LineAnchor(line, below ? text.columns() : text.columnAt(cell));
    }

    /** The middle of a place on the screen, for tests: x and y. */
    double[] pointOf(LineAnchor place) {
        RowText text = new RowText(LogLine.read(model.store(), place.line()).row());
        double row = model.view().viewport().below(model.view().rowOf(place.line()));
        double cell = text.cellAt(place.column()) - scrolled();
        return new double[] {grid.message() + cell * grid.cell(), (row + 0.5) * grid.row()};
    }

    List<String> visibleLines() {
        return painter.visibleLines();
    }
}
