package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/** The chosen run's tasks as a graph: what comes after what, live. FX thread only. */
public final class GraphPane extends BorderPane {

    private final RunsModel model;
    private final Times times;
    private final Consumer<TaskChoice> chooseTask;
    private final PaintedRegion region = new PaintedRegion(this::paint);
    private final GraphPainter painter = new GraphPainter(region);
    private final ScrollBar across = new ScrollBar();
    private final ScrollBar down = new ScrollBar();
    private final Label empty = new Label(text("workflow.graph.empty"));
    private final Tooltip tooltip = new Tooltip();
    private List<TaskState> tasks = List.of();
    private DagLayout layout = DagLayout.of(List.of());
    private final KeyTable keys = new KeyTable(text("workflow.keys.graph"));
    private int hovered = -1;

    /**
     * Shows the chosen run of a model.
     *
     * @param chooseTask told when a task was chosen or is no longer
     */
    public GraphPane(RunsModel model, Times times, Consumer<TaskChoice> chooseTask) {
        this.model = model;
        this.times = times;
        this.chooseTask = chooseTask;
        getStyleClass().add("graph-pane");
        empty.getStyleClass().addAll("muted", "graph-empty");
        empty.setMouseTransparent(true);
        setCenter(new StackPane(region, empty));
        down.setOrientation(Orientation.VERTICAL);
        setRight(down);
        setBottom(across);
        for (ScrollBar bar : List.of(across, down)) {
            bar.valueProperty().subscribe(region::repaint);
            bar.setUnitIncrement(40);
        }
        region.widthProperty().subscribe(this::fitScroll);
        region.heightProperty().subscribe(this::fitScroll);
        model.chosen().subscribe(this::refresh);
        model.whileLive(region::repaint);
        model.task().subscribe(region::repaint);
        prepareInput();
    }

    /** What the graph is painted on: its palette and its font size are to be bound. */
    public PaintedRegion region() {
        return region;
    }

    private void prepareInput() {
        region.setFocusTraversable(true);
        region.setAccessibleRole(AccessibleRole.LIST_VIEW);
        region.setAccessibleHelp(text("workflow.graph.help"));
        region.getStyleClass().add("graph-canvas");
        tooltip.setShowDelay(Duration.millis(400));
        tooltip.setShowDuration(Duration.INDEFINITE);
        region.setOnMouseMoved(event -> hover(taskAt(event.getX(), event.getY())));
        region.setOnMouseExited(_ -> hover(-1));
        region.setOnMouseClicked(this::clicked);
        bind();
        keys.listen(region);
        region.setOnScroll(this::scrolled);
    }

    private void refresh(@Nullable RunState run) {
        List<TaskState> newTasks = run == null ? List.of() : run.tasks();
        if (!DagLayout.same(tasks, newTasks)) {
            layout = DagLayout.of(newTasks);
            hover(-1);
        }
        tasks = newTasks;
        empty.setVisible(tasks.isEmpty());
        region.setAccessibleText(count("workflow.graph.tasks", tasks.size()));
        fitScroll();
        region.repaint();
    }

    private void paint(GraphicsContext g, double width, double height) {
        RunState run = model.chosen().get();
        if (run == null || run.tasks().size() != layout.size()) {
            return;
        }
        painter.paint(
                g,
                width,
                height,
                new GraphPainter.Scene(
                        run,
                        layout,
                        model.time(),
                        left(),
                        top(),
                        chosen(run),
                        hovered,
                        CriticalPath.of(run, model.forecast(), model.time())));
    }

    private int chosen(RunState run) {
        TaskChoice choice = model.task().get();
        if (choice == null || choice.task() == null || !choice.run().equals(run.key())) {
            return -1;
        }
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).name().equals(choice.task())) {
                return i;
            }
        }
        return -1;
    }

    /** A drawing smaller than the pane stands in its middle. */
    private double left() {
        double spare = region.getWidth() - painter.width(layout);
        return spare > 0 ? -Math.round(spare / 2) : across.getValue();
    }

    private double top() {
        double spare = region.getHeight() - painter.height(layout);
        return spare > 0 ? -Math.round(spare / 2) : down.getValue();
    }

    private void fitScroll() {
        fit(across, painter.width(layout), region.getWidth());
        fit(down, painter.height(layout), region.getHeight());
    }

    private static void fit(ScrollBar bar, double whole, double visible) {
        double hidden = Math.max(0, whole - visible);
        boolean needed = hidden > 0.5 && visible > 0;
        bar.setVisible(needed);
        bar.setManaged(needed);
        bar.setMax(hidden);
        bar.setVisibleAmount(hidden * visible / Math.max(1, whole));
        bar.setBlockIncrement(Math.max(1, visible - 40));
        bar.setValue(Math.clamp(bar.getValue(), 0, hidden));
    }

    private void scrolled(ScrollEvent event) {
        move(across, -event.getDeltaX());
        move(down, -event.getDeltaY());
    }

    private static void move(ScrollBar bar, double by) {
        bar.setValue(Math.clamp(bar.getValue() + by, 0, bar.getMax()));
    }

    private void clicked(MouseEvent event) {
        region.requestFocus();
        choose(taskAt(event.getX(), event.getY()));
    }

    /** The keys of this pane. */
    KeyTable keys() {
        return keys;
    }

    private void bind() {
        keys.pair(
                        "←",
                        "→",
                        text("workflow.keys.before"),
                        () -> keyboardTask(-1, 0),
                        () -> keyboardTask(1, 0))
                .pair(
                        "↑",
                        "↓",
                        text("workflow.keys.beside"),
                        () -> keyboardTask(0, -1),
                        () -> keyboardTask(0, 1))
                .on("Enter Space", text("workflow.keys.choose"), () -> choose(hovered));
    }

    /** Goes to the nearest task in that direction. */
    private void keyboardTask(int layers, int rows) {
        int nearest = hovered < 0 && layout.size() > 0 ? 0 : -1;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < layout.size() && hovered >= 0; i++) {
            double x = layout.layer(i) - layout.layer(hovered);
            double y = layout.row(i) - layout.row(hovered);
            boolean right = layers == 0 ? x == 0 && y * rows > 0 : x * layers > 0;
            double distance = Math.abs(x) * 10 + Math.abs(y);
            if (right && distance < best) {
                best = distance;
                nearest = i;
            }
        }
        if (nearest >= 0) {
            hovered = nearest;
            across.setValue(Math.clamp(painter.x(layout, nearest) - 40, 0, across.getMax()));
            down.setValue(Math.clamp(painter.y(layout, nearest) - 40, 0, down.getMax()));
            TaskState task = tasks.get(nearest);
            region.setAccessibleText(TaskWords.spoken(task, model.time()));
            region.repaint();
        }
    }

    private void choose(int task) {
        if (task < 0) {
            return;
        }
        model.selectTask(tasks.get(task).name());
        TaskChoice choice = model.task().get();
        if (choice != null) {
            chooseTask.accept(choice);
        }
    }

    private void hover(int task) {
        if (task >= 0) {
            Baseline baseline = model.baseline();
            Band band = baseline == null ? null : baseline.band(tasks.get(task).name());
            tooltip.setText(TaskWords.details(tasks.get(task), band, model.time(), times));
        }
        if (task == hovered) {
            return;
        }
        if (hovered < 0) {
            Tooltip.install(region, tooltip);
        } else if (task < 0) {
            Tooltip.uninstall(region, tooltip);
            tooltip.hide();
        }
        hovered = task;
        region.repaint();
    }

    private int taskAt(double x, double y) {
        for (int i = 0; i < layout.size(); i++) {
            double boxX = painter.x(layout, i) - left();
            double boxY = painter.y(layout, i) - top();
            if (x >= boxX
                    && x < boxX + painter.boxWidth(layout)
                    && y >= boxY
                    && y < boxY + painter.boxHeight()) {
                return i;
            }
        }
        return -1;
    }
}
