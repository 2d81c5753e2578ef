package io.tailrace.desktop.metrics;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TimeScale;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Subscription;

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
    private static final int LEAST_SECONDS = 4; // nearer shows nothing more

    private final SharedTime shared;
    private final Runnable moved;
    private final Subscription heard;
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
        heard =
                shared.cursor()
                        .subscribe(plot::repaint)
                        .and(shared.range().subscribe(plot::repaint));
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

    /** What is heard of the time line; whoever drops the plot ends it. */
    Subscription heard() {
        return heard;
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

    /** Zooms around the middle, or around where somebody points. */
    void zoomBy(boolean nearer) {
        Instant at = shared.cursor().get();
        TimeRange now = shown();
        Instant middle = now.begin().plus(now.length().dividedBy(2));
        zoomBy(at == null || !now.contains(at) ? middle : at, nearer);
        moved.run();
    }

    /** Shows what was a tenth earlier or later. */
    void pan(boolean later) {
        zoom = shown().moved(later ? 0.1 : -0.1);
        moved.run();
    }

    /** Points a little earlier or later, in all panes. */
    void point(boolean later) {
        TimeRange now = shown();
        Instant at = shared.cursor().get();
        Duration step = now.length().dividedBy(100);
        Instant from = at == null || !now.contains(at) ? now.end() : at;
        Instant to = later ? from.plus(step) : from.minus(step);
        shared.cursor().set(now.contains(to) ? to : from);
    }

    /** Chooses what is shown for all panes. */
    void share() {
        shared.range().set(shown());
    }

    private void zoomBy(Instant at, boolean nearer) {
        if (nearer && shown().length().toSeconds() <= LEAST_SECONDS) {
            return;
        }
        TimeRange wanted = shown().zoomed(at, nearer ? 1 / STEP : STEP);
        zoom = wanted.length().compareTo(whole.length()) >= 0 ? null : wanted;
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
        } else if (at != null) {
            zoomBy(at, event.getDeltaY() > 0);
        }
        moved.run();
        event.consume();
    }
}
