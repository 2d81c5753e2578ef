package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Level;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * When the lines happened that the filter shows: bars by time, errors and warnings in their
 * colours. Dragging chooses a range of time, a click the place. FX thread.
 */
final class LogsHistogram extends Region {

    private static final double HEIGHT = 30;
    private static final double BAR = 5;
    private static final double PADDING = 14;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern(text("logs.times.format"), Texts.locale())
                    .withZone(ZoneId.systemDefault());

    private final LogsModel model;
    private final Canvas canvas = new Canvas();
    private final Tooltip tooltip = new Tooltip();
    private final ObjectProperty<@Nullable Instant> cursor = new SimpleObjectProperty<>();
    private double pressed = -1;
    private double dragged = -1;

    LogsHistogram(LogsModel model) {
        this.model = model;
        getChildren().add(canvas);
        getStyleClass().add("logs-histogram");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(text("logs.times"));
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setOnMousePressed(e -> {
            pressed = e.getX();
            dragged = e.getX();
            model.touch();
        });
        setOnMouseDragged(e -> {
            dragged = e.getX();
            model.touch();
        });
        setOnMouseReleased(e -> chosen());
        setOnMouseMoved(this::tell);
        setOnMouseExited(e -> cursor.set(null));
        cursor.addListener((o, was, is) -> model.touch());
        Tooltip.install(this, tooltip);
    }

    /** Where somebody points, here or on another axis. */
    ObjectProperty<@Nullable Instant> pointedProperty() {
        return cursor;
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            model.touch();
        }
    }

    private LineTimes times() {
        return model.view().times();
    }

    private int bars() {
        return (int) Math.max(1, (getWidth() - 2 * PADDING) / BAR);
    }

    /** The milliseconds of a bar, a multiple of what the counts are kept in. */
    private long step() {
        LineTimes times = times();
        long span = times.latest() - times.earliest() + 1;
        long buckets = Math.max(1, (span / times.width() + 1 + bars() - 1) / bars());
        return buckets * times.width();
    }

    private long begin() {
        return Math.floorDiv(times().earliest(), times().width()) * times().width();
    }

    private long timeAt(double x) {
        return begin() + (long) ((x - PADDING) / BAR * step());
    }

    private void chosen() {
        boolean range = Math.abs(dragged - pressed) > BAR && times().earliest() <= times().latest();
        if (range) {
            long from = timeAt(Math.min(pressed, dragged));
            long to = timeAt(Math.max(pressed, dragged));
            model.show(model.filterProperty().get().withTime(new TimeRange(from, to)));
        } else if (times().earliest() <= times().latest()) {
            model.revealTime(timeAt(pressed));
        }
        pressed = -1;
        dragged = -1;
        model.touch();
    }

    private void tell(MouseEvent event) {
        long bar = (long) ((event.getX() - PADDING) / BAR);
        long from = begin() + bar * step();
        if (times().earliest() > times().latest() || from > times().latest()) {
            tooltip.setText(text("logs.times.drag"));
            cursor.set(null);
            return;
        }
        cursor.set(Instant.ofEpochMilli(timeAt(event.getX())));
        long to = from + step();
        long errors = times().count(Level.ERROR, from, to);
        long warnings = times().count(Level.WARN, from, to);
        long others = calm(from, to);
        tooltip.setText(
                text(
                        "logs.times.bar",
                        TIME.format(Instant.ofEpochMilli(from)),
                        TIME.format(Instant.ofEpochMilli(to)),
                        count("logs.times.errors", errors),
                        count("logs.times.warnings", warnings),
                        count("logs.times.others", others)));
    }

    private long calm(long from, long to) {
        return times().count(Level.INFO, from, to)
                + times().count(Level.DEBUG, from, to)
                + times().count(Level.TRACE, from, to);
    }

    void paint(Palette palette) {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(palette.background());
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.setFill(palette.line());
        g.fillRect(0, canvas.getHeight() - 1, canvas.getWidth(), 1);
        if (times().earliest() > times().latest()) {
            return;
        }
        long step = step();
        long begin = begin();
        int bars = bars();
        long[][] counts = new long[bars][];
        long most = 1;
        for (int i = 0; i < bars; i++) {
            long from = begin + i * step;
            long to = from + step;
            counts[i] =
                    new long[] {
                        times().count(Level.ERROR, from, to),
                        times().count(Level.WARN, from, to),
                        calm(from, to)
                    };
            most = Math.max(most, counts[i][0] + counts[i][1] + counts[i][2]);
        }
        for (int i = 0; i < bars; i++) {
            bar(g, palette, PADDING + i * BAR, counts[i], most);
        }
        chosen(g, palette);
        pointed(g, palette);
    }

    private void pointed(GraphicsContext g, Palette palette) {
        Instant at = cursor.get();
        if (at != null) {
            double x = PADDING + (double) (at.toEpochMilli() - begin()) / step() * BAR;
            if (x >= PADDING && x <= canvas.getWidth() - PADDING) {
                g.setFill(palette.accent());
                g.fillRect(Math.rint(x), 0, 1, canvas.getHeight());
            }
        }
    }

    /** Few errors among many lines have to be seen: each part is at least two pixels high. */
    private void bar(GraphicsContext g, Palette palette, double x, long[] counts, long most) {
        Color[] colours = {
            palette.error(), palette.warn(), palette.muted().deriveColor(0, 1, 1, 0.4)
        };
        double y = canvas.getHeight() - 1;
        double room = canvas.getHeight() - 5;
        for (int part = 0; part < counts.length; part++) {
            if (counts[part] > 0) {
                double height = Math.max(2, Math.rint(room * counts[part] / most));
                y = Math.max(2, y - height);
                g.setFill(colours[part]);
                g.fillRect(x, y, BAR - 1, height);
            }
        }
    }

    private void chosen(GraphicsContext g, Palette palette) {
        if (pressed >= 0 && Math.abs(dragged - pressed) > 1) {
            g.setFill(palette.selection());
            g.fillRect(
                    Math.min(pressed, dragged), 0, Math.abs(dragged - pressed), canvas.getHeight());
        }
    }
}
