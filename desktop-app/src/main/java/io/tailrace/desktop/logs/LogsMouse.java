package io.tailrace.desktop.logs;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import java.text.BreakIterator;
import java.util.Locale;

/** What the mouse does on the rows: scroll, select by drawing, words and lines by clicking. */
final class LogsMouse {

    private static final double WHEEL = 1.5;
    private static final double SIDEWAYS = 8;

    private final LogsModel model;
    private final LogsSurface surface;
    private final Runnable details;
    private final LogsActions does;
    private boolean drawing;
    private double drawX;
    private double drawY;

    /**
     * Listens to the surface.
     *
     * @param details shows the details of the current line
     */
    LogsMouse(LogsModel model, LogsActions does, LogsSurface surface, Runnable details) {
        this.does = does;
        this.model = model;
        this.surface = surface;
        this.details = details;
        surface.setOnScroll(this::scroll);
        surface.setOnMousePressed(this::press);
        surface.setOnMouseDragged(this::draw);
        surface.setOnMouseReleased(e -> drawing = false);
    }

    private void scroll(ScrollEvent event) {
        double x = event.getDeltaX();
        double y = event.getDeltaY();
        if (event.isShiftDown() || Math.abs(x) > Math.abs(y)) {
            surface.scrollSideways(-(x == 0 ? y : x) / SIDEWAYS);
        } else if (y != 0) {
            model.screen().scroll(-y * WHEEL / surface.rowHeight());
        }
        event.consume();
    }

    private void press(MouseEvent event) {
        surface.requestFocus();
        if (surface.onHead(event.getY())) {
            does.older();
            event.consume();
            return;
        }
        LineAnchor place = surface.anchorAt(event.getX(), event.getY());
        if (place == null) {
            return;
        }
        if (event.getButton() == MouseButton.SECONDARY) {
            pressSecondary(place);
        } else if (event.getButton() == MouseButton.PRIMARY) {
            pressPrimary(event, place);
        }
        event.consume();
    }

    /** The menu is about what is selected, or else about the line under it. */
    private void pressSecondary(LineAnchor place) {
        LineSelection old = model.screen().selection();
        boolean inside =
                old != null
                        && !old.isEmpty()
                        && old.from().compareTo(place) <= 0
                        && place.compareTo(old.to()) <= 0;
        if (!inside) {
            model.screen().pause();
            model.screen().select(LineSelection.at(place.line(), place.column()));
        }
    }

    private void pressPrimary(MouseEvent event, LineAnchor place) {
        model.screen().pause();
        long fold = surface.foldAt(event.getX(), event.getY());
        if (fold >= 0) {
            does.toggleFold(fold);
            return;
        }
        LineSelection old = model.screen().selection();
        if (event.isShiftDown() && old != null) {
            model.screen().select(old.to(place));
        } else if (event.getClickCount() == 2) {
            model.screen().select(word(place));
            if (LogLine.read(model.store(), place.line()).hasMore()) {
                details.run();
            }
        } else if (event.getClickCount() > 2) {
            model.screen().select(LineSelection.lines(place.line(), place.line()));
        } else {
            model.screen().select(LineSelection.at(place.line(), place.column()));
        }
        drawing = event.getClickCount() == 1;
    }

    private void draw(MouseEvent event) {
        if (drawing) {
            drawX = event.getX();
            drawY = event.getY();
            drawTo();
        }
        event.consume();
    }

    private void drawTo() {
        LineSelection old = model.screen().selection();
        double y = Math.clamp(drawY, 0, surface.rowsHeight() - 1);
        LineAnchor place = surface.anchorAt(drawX, y);
        if (old != null && place != null) {
            model.screen().select(old.to(place));
        }
    }

    /**
     * Once a frame: while the mouse is held above or below the rows they go on moving.
     *
     * @return whether there will be more to do in the next frame
     */
    boolean tick() {
        double above = -drawY;
        double below = drawY - surface.rowsHeight();
        double beyond = above > 0 ? -above : Math.max(0, below);
        if (!drawing || beyond == 0) {
            return false;
        }
        double rows = Math.clamp(beyond / surface.rowHeight() * 0.5, -20, 20);
        model.screen().jump(model.view().viewport().top() + rows);
        drawTo();
        return true;
    }

    private LineSelection word(LineAnchor place) {
        String row = LogLine.read(model.store(), place.line()).row();
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(row);
        int at = Math.clamp(place.column(), 0, Math.max(0, row.length() - 1));
        int end = row.isEmpty() ? 0 : words.following(at);
        int start = row.isEmpty() ? 0 : words.previous();
        return new LineSelection(
                new LineAnchor(place.line(), start), new LineAnchor(place.line(), end));
    }
}
