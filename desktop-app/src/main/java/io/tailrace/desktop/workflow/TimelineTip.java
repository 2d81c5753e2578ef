package io.tailrace.desktop.workflow;

import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.TaskState;

import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a tooltip says of the task and of the idle time that somebody points at. */
final class TimelineTip {

    private final Node node;
    private final RunsModel model;
    private final Times times;
    private final Tooltip tooltip = new Tooltip();

    TimelineTip(Node node, RunsModel model, Times times) {
        this.node = node;
        this.model = model;
        this.times = times;
        tooltip.setShowDelay(Duration.millis(400));
        tooltip.setShowDuration(Duration.INDEFINITE);
        tooltip.getStyleClass().add("timeline-tooltip");
    }

    /** Somebody points there: at a task, or at none; at a time, or at none. */
    void point(@Nullable TaskState task, @Nullable Instant at) {
        TimeRange gap = model.idle().at(at);
        String idle = gap == null ? "" : model.idle().words(gap, times);
        String row = task == null ? "" : details(task);
        String text = row + (row.isEmpty() || idle.isEmpty() ? "" : "\n\n") + idle;
        boolean told = !tooltip.getText().isEmpty();
        tooltip.setText(text);
        if (!told && !text.isEmpty()) {
            Tooltip.install(node, tooltip);
        } else if (told && text.isEmpty()) {
            Tooltip.uninstall(node, tooltip);
            tooltip.hide();
        }
    }

    private String details(TaskState task) {
        Baseline baseline = model.baseline();
        Band band = baseline == null ? null : baseline.band(task.name());
        return TaskWords.details(task, band, model.time(), times);
    }
}
