package io.tailrace.desktop.metrics;

import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names a measure.
 *
 * @param workspace whose it is; null for everybody's
 * @param workflow of which workflow; null for all
 * @param run of which run; null for all
 * @param name what was measured
 * @param detail the task and the labels, in words; empty when there are none
 */
record SeriesKey(
        @Nullable String workspace,
        @Nullable String workflow,
        @Nullable String run,
        String name,
        String detail) {

    private static final int MAX_TEXT = 120;
    private static final int MAX_LABELS = 8;

    /** The key of a metric. */
    static SeriesKey of(Event.Metric metric) {
        Subject subject = metric.subject();
        String workspace = metric.channel().workspace();
        return new SeriesKey(
                workspace == null ? subject.workspace() : workspace,
                subject.workflow(),
                subject.run(),
                cut(metric.name()),
                detail(subject.task(), metric.header().fields().get("labels")));
    }

    /** The key of something that is worked out for a run. */
    static SeriesKey of(RunKey run, String name) {
        return new SeriesKey(run.workspace(), run.workflow(), run.run(), name, "");
    }

    /** Whether it says something about a run; without a run, whether it belongs to no run. */
    boolean about(@Nullable RunKey key) {
        if (key == null) {
            return run == null;
        }
        return (workspace == null || workspace.equals(key.workspace()))
                && (workflow == null || workflow.equals(key.workflow()))
                && (run == null || run.equals(key.run()));
    }

    /** Its name and what tells it from others of that name. */
    String title() {
        return detail.isEmpty() ? name : name + ", " + detail;
    }

    private static String detail(@Nullable String task, @Nullable Object labels) {
        StringBuilder text = new StringBuilder(task == null ? "" : task);
        if (labels instanceof Map<?, ?> map) {
            SortedMap<String, String> sorted = new TreeMap<>();
            map.forEach(
                    (name, value) -> sorted.put(Objects.toString(name), Objects.toString(value)));
            sorted.entrySet().stream()
                    .limit(MAX_LABELS)
                    .forEach(label -> {
                        text.append(text.isEmpty() ? "" : " ");
                        text.append(label.getKey()).append('=').append(label.getValue());
                    });
        }
        return cut(text.toString());
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
