package io.tailrace.desktop.workflow;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import java.time.Instant;
import java.util.Set;

/** Paints tasks as boxes and what comes after what as curves; only what is visible. */
final class GraphPainter {

    private static final double PADDING = 14;

    private final PaintedRegion region;
    private final TextMeter meter = new TextMeter();

    GraphPainter(PaintedRegion region) {
        this.region = region;
    }

    /**
     * What to paint.
     *
     * @param left how far the drawing is scrolled to the right, in pixels
     * @param top how far it is scrolled down
     * @param chosen the task that was chosen, -1 for none
     * @param hovered the task under the mouse or the keyboard, -1 for none
     * @param critical the tasks that decide when the run ends
     */
    record Scene(
            RunState run,
            DagLayout layout,
            Instant now,
            double left,
            double top,
            int chosen,
            int hovered,
            Set<String> critical) {

        boolean critical(int task) {
            return critical.contains(run.tasks().get(task).name());
        }
    }

    /** Boxes become narrower, to a limit, where the drawing would not fit. */
    double boxWidth(DagLayout layout) {
        double layers = Math.max(1, layout.layers());
        double room = (region.getWidth() - 2 * PADDING + gap()) / layers - gap();
        return Math.floor(Math.clamp(room, size() * 10.5, size() * 12));
    }

    double boxHeight() {
        return Math.round(size() * 3.2);
    }

    /** The width of the whole drawing. */
    double width(DagLayout layout) {
        return 2 * PADDING + layout.layers() * stepX(layout) - (stepX(layout) - boxWidth(layout));
    }

    /** The height of the whole drawing. */
    double height(DagLayout layout) {
        return 2 * PADDING + layout.rows() * stepY() - (stepY() - boxHeight());
    }

    /** The left edge of a task's box in the whole drawing. */
    double x(DagLayout layout, int task) {
        return PADDING + layout.layer(task) * stepX(layout);
    }

    /** The upper edge of a task's box in the whole drawing. */
    double y(DagLayout layout, int task) {
        return PADDING + Math.round(layout.row(task) * stepY());
    }

    void paint(GraphicsContext g, double width, double height, Scene scene) {
        g.setFont(region.smallFont());
        g.setTextBaseline(VPos.CENTER);
        DagLayout layout = scene.layout();
        for (int task = 0; task < layout.size(); task++) {
            edges(g, width, height, scene, task);
        }
        for (int task = 0; task < layout.size(); task++) {
            double x = x(layout, task) - scene.left();
            double y = y(layout, task) - scene.top();
            if (x < width && x + boxWidth(layout) > 0 && y < height && y + boxHeight() > 0) {
                box(g, x, y, scene, task);
            }
        }
    }

    private void edges(GraphicsContext g, double width, double height, Scene scene, int task) {
        DagLayout layout = scene.layout();
        double x = x(layout, task) - scene.left();
        double y = y(layout, task) - scene.top() + boxHeight() / 2;
        for (int first : layout.before(task)) {
            double fromX = x(layout, first) - scene.left() + boxWidth(layout);
            double fromY = y(layout, first) - scene.top() + boxHeight() / 2;
            boolean outside =
                    x < 0 || fromX > width || Math.max(y, fromY) < 0 || Math.min(y, fromY) > height;
            if (outside) {
                continue;
            }
            boolean chosen = task == scene.chosen() || first == scene.chosen();
            boolean decides = scene.critical(task) && scene.critical(first);
            Color quiet = decides ? region.palette().text() : region.palette().muted();
            g.setStroke(chosen ? region.palette().accent() : quiet);
            g.setGlobalAlpha(chosen || decides ? 1 : 0.45);
            g.setLineWidth(decides ? 2 : 1);
            double bend = Math.max(16, Math.min(60, (x - fromX) / 2));
            g.beginPath();
            g.moveTo(fromX, fromY);
            g.bezierCurveTo(fromX + bend, fromY, x - bend, y, x, y);
            g.stroke();
            g.setLineWidth(1);
            g.setGlobalAlpha(1);
        }
    }

    private void box(GraphicsContext g, double x, double y, Scene scene, int index) {
        TaskState task = scene.run().tasks().get(index);
        Tone tone = RunWords.tone(task.status());
        double width = boxWidth(scene.layout());
        double height = boxHeight();
        g.setFill(region.palette().background());
        g.fillRoundRect(x, y, width, height, 10, 10);
        boolean hovered = index == scene.hovered();
        g.setFill(hovered ? region.palette().line() : region.palette().raised());
        g.fillRoundRect(x, y, width, height, 10, 10);
        boolean loud = task.status() == TaskStatus.RUNNING || task.status() == TaskStatus.FAILED;
        g.setStroke(
                index == scene.chosen()
                        ? region.palette().accent()
                        : loud ? region.color(tone) : region.palette().line());
        g.setLineWidth(index == scene.chosen() ? 2 : 1);
        g.strokeRoundRect(x + 0.5, y + 0.5, width - 1, height - 1, 10, 10);
        g.setLineWidth(1);
        g.setFill(region.color(tone));
        g.fillOval(x + 10, y + height * 0.32 - 3.5, 7, 7);
        words(g, x, y, scene, task);
        if (task.status() == TaskStatus.RUNNING && task.progress() != null) {
            double whole = width - 20;
            g.setFill(region.palette().line());
            g.fillRect(x + 10, y + height - 5, whole, 2);
            g.setFill(region.palette().accent());
            g.fillRect(x + 10, y + height - 5, whole * task.progress() / 100, 2);
        }
    }

    private void words(GraphicsContext g, double x, double y, Scene scene, TaskState task) {
        Font font = g.getFont();
        double room = boxWidth(scene.layout()) - 32;
        boolean waiting = task.attempts().isEmpty();
        g.setFill(waiting ? region.palette().muted() : region.palette().text());
        g.fillText(meter.fitted(task.name(), font, room), x + 24, y + boxHeight() * 0.32);
        g.setFill(
                task.status() == TaskStatus.FAILED
                        ? region.palette().error()
                        : region.palette().muted());
        String state = meter.fitted(TaskWords.state(task, scene.now()), font, room);
        g.fillText(state, x + 24, y + boxHeight() * 0.68);
    }

    private double stepX(DagLayout layout) {
        return boxWidth(layout) + gap();
    }

    private double gap() {
        return Math.round(size() * 2.6);
    }

    private double stepY() {
        return boxHeight() + Math.round(size() * 0.9);
    }

    private double size() {
        return region.fontSizeProperty().get();
    }
}
