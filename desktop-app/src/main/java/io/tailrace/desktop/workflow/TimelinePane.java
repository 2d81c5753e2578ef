package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.model.AttemptState;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The chosen run's tasks over time. A click chooses a task, a double click opens the entry it rests
 * on. FX thread only.
 */
public final class TimelinePane extends BorderPane {

    private static final int MANY = 1 << 30; // more rows than there are

    private final RunsModel model;
    private final SharedTime shared;
    private final TimelineGestures gestures;
    private final Consumer<TaskChoice> chooseTask;
    private final Consumer<Cursor> openEntry;
    private final PaintedRegion region = new PaintedRegion(this::paint);
    private final TimelinePainter painter;
    private final ScrollBar scroll = new ScrollBar();
    private final Label empty = new Label();
    private final TimelineTip tip;
    private final KeyTable keys = new KeyTable(text("workflow.keys.timeline"));
    private int hovered = -1;

    /**
     * Shows the chosen run of a model.
     *
     * @param shared the time line of all panes
     * @param chooseTask told when a task was chosen or is no longer
     * @param openEntry opens an entry in the log
     */
    public TimelinePane(
            RunsModel model,
            Times times,
            SharedTime shared,
            Consumer<TaskChoice> chooseTask,
            Consumer<Cursor> openEntry) {
        this.model = model;
        this.tip = new TimelineTip(region, model, times);
        this.shared = shared;
        this.painter = new TimelinePainter(region, times);
        this.gestures = new TimelineGestures(region, painter, shared);
        this.chooseTask = chooseTask;
        this.openEntry = openEntry;
        getStyleClass().add("timeline-pane");
        empty.getStyleClass().addAll("muted", "timeline-empty");
        empty.setMouseTransparent(true);
        setCenter(new StackPane(region, empty));
        scroll.setOrientation(Orientation.VERTICAL);
        setRight(scroll);
        scroll.valueProperty().subscribe(region::repaint);
        region.heightProperty().subscribe(this::fitScroll);
        model.chosen().subscribe(this::refresh);
        model.whileLive(region::repaint);
        model.task().subscribe(region::repaint);
        model.selected().subscribe(_ -> gestures.fit());
        prepareInput();
    }

    /** What the timeline is painted on: its palette and its font size are to be bound. */
    public PaintedRegion region() {
        return region;
    }

    private void prepareInput() {
        region.setFocusTraversable(true);
        region.setAccessibleRole(AccessibleRole.LIST_VIEW);
        region.setAccessibleHelp(text("workflow.timeline.help"));
        region.getStyleClass().add("timeline-canvas");
        region.setOnMouseMoved(event -> {
            gestures.point(event.getX());
            hover(rowAt(event.getY()));
        });
        region.setOnMouseExited(_ -> {
            hover(-1);
            gestures.pointNowhere();
        });
        region.setOnMouseClicked(this::clicked);
        bind();
        keys.listen(region);
        region.setOnScroll(event -> {
            if (!gestures.scrolled(event)) {
                scroll.setValue(clamped(scroll.getValue() - event.getDeltaY() / 20));
            }
        });
    }

    private void refresh(@Nullable RunState run) {
        empty.setText(emptyText(run));
        fitScroll();
        region.setAccessibleText(
                run == null
                        ? text("workflow.timeline.none")
                        : count(
                                "workflow.timeline",
                                run.tasks().size(),
                                run.key().workflow(),
                                model.liveness().state(run),
                                model.idle().sentence()));
        if (hovered >= tasks().size()) {
            hover(-1);
        }
        region.repaint();
    }

    private String emptyText(@Nullable RunState run) {
        if (run != null) {
            return run.tasks().isEmpty() ? text("workflow.timeline.noTasks") : "";
        }
        return model.selected().get() == null
                ? text("workflow.timeline.empty")
                : text("workflow.timeline.gone");
    }

    private void paint(GraphicsContext g, double width, double height) {
        RunState run = model.chosen().get();
        if (run == null || run.tasks().isEmpty()) {
            return;
        }
        TaskChoice choice = model.task().get();
        int chosen = -1;
        if (choice != null && choice.run().equals(run.key()) && choice.task() != null) {
            for (int i = 0; i < run.tasks().size() && chosen < 0; i++) {
                chosen = run.tasks().get(i).name().equals(choice.task()) ? i : -1;
            }
        }
        painter.paint(
                g,
                width,
                height,
                new TimelinePainter.Scene(
                        run,
                        model.baseline(),
                        model.forecast(),
                        model.idle(),
                        model.time(),
                        scroll.getValue(),
                        chosen,
                        hovered,
                        gestures.zoom(),
                        shared));
    }

    /** The scroll bar counts rows. */
    private void fitScroll() {
        double visible =
                Math.max(1, (region.getHeight() - painter.axisHeight()) / painter.rowHeight());
        double hidden = Math.max(0, tasks().size() - visible);
        boolean needed = hidden > 0.01;
        scroll.setVisible(needed);
        scroll.setManaged(needed);
        scroll.setMax(hidden);
        scroll.setVisibleAmount(hidden * visible / Math.max(1, tasks().size()));
        scroll.setUnitIncrement(1);
        scroll.setBlockIncrement(Math.max(1, visible - 1));
        scroll.setValue(clamped(scroll.getValue()));
    }

    private void clicked(MouseEvent event) {
        region.requestFocus();
        int row = rowAt(event.getY());
        if (row < 0 || gestures.dragged()) {
            if (event.getClickCount() == 2) {
                gestures.reset(); // a double click beside the tasks
            }
            return;
        }
        if (event.getClickCount() == 2) {
            open(row);
        } else {
            choose(row);
        }
    }

    /** The keys of this pane. */
    KeyTable keys() {
        return keys;
    }

    private void bind() {
        keys.pair("↑", "↓", text("workflow.keys.go"), () -> go(-1), () -> go(1))
                .pair(
                        "PgUp",
                        "PgDn",
                        text("workflow.keys.page"),
                        () -> go(-page()),
                        () -> go(page()))
                .pair("Home", "End", text("workflow.keys.ends"), () -> go(-MANY), () -> go(MANY))
                .on("Enter Space", text("workflow.keys.chooseLines"), this::choose)
                .on("E", text("workflow.keys.open"), this::open);
        gestures.bind(keys);
        keys.tell(text("workflow.keys.wheel"), text("workflow.keys.wheel.help"));
    }

    private int page() {
        return (int) scroll.getBlockIncrement();
    }

    private void choose() {
        if (hovered >= 0) {
            choose(hovered);
        }
    }

    private void open() {
        if (hovered >= 0) {
            open(hovered);
        }
    }

    /** Goes up or down by rows. */
    private void go(int by) {
        int last = tasks().size() - 1;
        if (last < 0) {
            return;
        }
        int row = Math.clamp((long) hovered + by, 0, last);
        hovered = row;
        double visible = scroll.getBlockIncrement() + 1;
        if (row < scroll.getValue()) {
            scroll.setValue(clamped(row));
        } else if (row > scroll.getValue() + visible - 1) {
            scroll.setValue(clamped(row - visible + 1));
        }
        TaskState task = tasks().get(row);
        region.setAccessibleText(TaskWords.spoken(task, model.time()));
        region.repaint();
    }

    private void choose(int row) {
        model.selectTask(tasks().get(row).name());
        TaskChoice choice = model.task().get();
        if (choice != null) {
            chooseTask.accept(choice);
        }
    }

    /** The evidence: of a failure if there is one, otherwise the latest entry. */
    private void open(int row) {
        TaskState task = tasks().get(row);
        Cursor evidence =
                task.attempts().reversed().stream()
                        .filter(attempt -> attempt.error() != null)
                        .map(AttemptState::endedBy)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(task.reportedBy());
        if (evidence != null) {
            openEntry.accept(evidence);
        }
    }

    private void hover(int row) {
        tip.point(row < 0 ? null : tasks().get(row), shared.cursor().get());
        if (row == hovered) {
            return;
        }
        hovered = row;
        region.repaint();
    }

    private int rowAt(double y) {
        int row =
                (int)
                        Math.floor(
                                (y - painter.axisHeight()) / painter.rowHeight()
                                        + scroll.getValue());
        return y < painter.axisHeight() || row >= tasks().size() ? -1 : row;
    }

    private double clamped(double value) {
        return Math.clamp(value, 0, scroll.getMax());
    }

    private List<TaskState> tasks() {
        RunState run = model.chosen().get();
        return run == null ? List.of() : run.tasks();
    }
}
