package io.tailrace.desktop.metrics;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Moving about in a chart: the wheel zooms, with Shift or sideways it pans, dragging chooses a span
 * for all panes, a double click shows everything again. FX thread only.
 */
final class ChartGestures {

    private static final double STEP = 1.25;
    private static final double CLICK = 4;

    private final SharedTime shared;
    private final Runnable moved;
    private TimeRange whole = TimeRange.between(Instant.EPOCH, Instant.EPOCH);
    private @Nullable TimeRange zoom;
    private LinePainter.@Nullable Frame frame;
    private @Nullable Instant pressed;
    private double pressedX;

    /**
     * Listens to a plot.
     *
     * @param moved called when another span is shown
     */
    ChartGestures(PaintedRegion plot, SharedTime shared, Runnable moved) {
        this.shared = shared;
        this.moved = moved;
        shared.cursor().subscribe(plot::repaint);
        shared.range().subscribe(plot::repaint);
        plot.setOnMouseMoved(event -> shared.cursor().set(time(event.getX())));
        plot.setOnMouseExited(_ -> shared.cursor().set(null));
        plot.setOnMousePressed(event -> {
            pressed = event.getButton() == MouseButton.PRIMARY ? time(event.getX()) : null;
            pressedX = event.getX();
            plot.requestFocus();
        });
        plot.setOnMouseDragged(this::drag);
        plot.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                boolean _ = reset();
            }
        });
        plot.setOnScroll(this::scrolled);
    }

    /** What there is to show; followed while nobody zoomed. */
    void whole(TimeRange range) {
        whole = range;
    }

    /** What is to be shown. */
    TimeRange shown() {
        return zoom == null ? whole : zoom;
    }

    void painted(LinePainter.Frame where) {
        frame = where;
    }

    /** Shows everything; whether something else was shown. */
    boolean reset() {
        boolean was = zoom != null || shared.range().get() != null;
        zoom = null;
        shared.range().set(null);
        moved.run();
        return was;
    }

    private @Nullable Instant time(double x) {
        LinePainter.Frame where = frame;
        if (where == null || x < where.left() || x > where.left() + where.width()) {
            return null;
        }
        TimeScale scale = ChartAxes.scale(where, shown());
        double share = (x - scale.left()) / Math.max(1, scale.right() - scale.left());
        long span = Duration.between(scale.from(), scale.to()).toMillis();
        return scale.from().plusMillis((long) (share * span));
    }

    private void drag(MouseEvent event) {
        Instant from = pressed;
        Instant to = time(event.getX());
        if (from != null && to != null && Math.abs(event.getX() - pressedX) > CLICK) {
            shared.range().set(TimeRange.between(from, to));
        }
    }

    private void scrolled(ScrollEvent event) {
        boolean sideways = Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY());
        Instant at = time(event.getX());
        if (sideways || event.isShiftDown()) {
            double delta = sideways ? event.getDeltaX() : event.getDeltaY();
            zoom = shown().moved(delta > 0 ? -0.1 : 0.1);
        } else if (at != null && (event.getDeltaY() < 0 || shown().length().toSeconds() > 4)) {
            TimeRange wanted = shown().zoomed(at, event.getDeltaY() > 0 ? 1 / STEP : STEP);
            boolean all = wanted.length().compareTo(whole.length()) >= 0;
            zoom = all ? null : wanted;
        }
        moved.run();
        event.consume();
    }
}
