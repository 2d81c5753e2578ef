package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Moving about in time: the wheel with Ctrl zooms, with Shift or sideways it pans, dragging chooses
 * a span for all panes, a double click beside the tasks shows everything again. FX thread only.
 */
final class TimelineGestures {

    private static final double CLICK = 4; // less is no drag
    private static final double STEP = 1.25;

    private final PaintedRegion region;
    private final TimelinePainter painter;
    private final SharedTime shared;
    private @Nullable TimeRange zoom;
    private @Nullable Instant pressed;
    private double pressedX;
    private boolean dragged;

    TimelineGestures(PaintedRegion region, TimelinePainter painter, SharedTime shared) {
        this.region = region;
        this.painter = painter;
        this.shared = shared;
        shared.cursor().subscribe(region::repaint);
        shared.range().subscribe(region::repaint);
        region.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        region.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    }

    /** The span to show; null for the whole run. */
    @Nullable TimeRange zoom() {
        return zoom;
    }

    /** Whether the latest press has become a drag: then its click chooses no task. */
    boolean dragged() {
        return dragged;
    }

    /** Shows the whole run. */
    void fit() {
        zoom = null;
        region.repaint();
    }

    /** Shows the whole run, and no span is chosen. */
    void reset() {
        shared.range().set(null);
        fit();
    }

    void point(double x) {
        shared.cursor().set(painter.time(x));
    }

    void pointNowhere() {
        shared.cursor().set(null);
    }

    private void press(MouseEvent event) {
        dragged = false;
        pressed = event.getButton() == MouseButton.PRIMARY ? painter.time(event.getX()) : null;
        pressedX = event.getX();
    }

    private void drag(MouseEvent event) {
        Instant from = pressed;
        Instant to = painter.time(event.getX());
        if (from != null && to != null && Math.abs(event.getX() - pressedX) > CLICK) {
            dragged = true;
            shared.range().set(TimeRange.between(from, to));
        }
    }

    /** Whether the wheel meant time and not rows. */
    boolean scrolled(ScrollEvent event) {
        Instant at = painter.time(event.getX());
        boolean sideways = Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY());
        if (event.isShortcutDown() && at != null) {
            zoomBy(at, event.getDeltaY() > 0 ? 1 / STEP : STEP);
            return true;
        }
        if (sideways || event.isShiftDown()) {
            double delta = sideways ? event.getDeltaX() : event.getDeltaY();
            pan(delta > 0 ? -0.1 : 0.1);
            return true;
        }
        return false;
    }

    /** Adds the keys that mean time. */
    void bind(KeyTable keys) {
        keys.pair(
                        "+",
                        "-",
                        text("workflow.keys.zoom"),
                        () -> zoomMiddle(1 / STEP),
                        () -> zoomMiddle(STEP))
                .on("=", "", () -> zoomMiddle(1 / STEP))
                .pair("←", "→", text("workflow.keys.pan"), () -> pan(-0.1), () -> pan(0.1))
                .on("S", text("workflow.keys.share"), this::share)
                .on("0 Esc", text("workflow.keys.reset"), this::reset);
    }

    /** Chooses what is shown, for those without a mouse. */
    private void share() {
        shared.range().set(zoom);
    }

    private void zoomMiddle(double factor) {
        TimeRange now = painter.shown();
        if (now != null) {
            zoomBy(now.begin().plus(now.length().dividedBy(2)), factor);
        }
    }

    private void zoomBy(Instant around, double factor) {
        TimeRange now = zoom == null ? painter.shown() : zoom;
        if (now != null && (factor > 1 || now.length().toMillis() > 100)) {
            zoom = now.zoomed(around, factor);
            region.repaint();
        }
    }

    private void pan(double share) {
        TimeRange now = zoom == null ? painter.shown() : zoom;
        if (now != null) {
            zoom = now.moved(share);
            region.repaint();
        }
    }
}
