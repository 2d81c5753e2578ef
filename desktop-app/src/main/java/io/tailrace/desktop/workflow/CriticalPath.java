package io.tailrace.desktop.workflow;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tasks that decide when a run ends: the one that ends last, as far as is known or expected,
 * and before it always the one that it had to wait for the longest.
 */
final class CriticalPath {

    private CriticalPath() {}

    /** The names of the tasks on the path, the last one first; empty when nothing is known. */
    static Set<String> of(RunState run, Forecast forecast, Instant now) {
        Map<String, TaskState> byName = new HashMap<>();
        TaskState last = null;
        Instant end = Instant.MIN;
        for (TaskState task : run.tasks()) {
            byName.put(task.name(), task);
            Instant its = end(task, forecast, now);
            if (its != null && its.isAfter(end)) {
                end = its;
                last = task;
            }
        }
        Set<String> path = new LinkedHashSet<>();
        while (last != null && path.add(last.name())) {
            last = latest(last, byName, forecast, now);
        }
        return path;
    }

    private static @Nullable TaskState latest(
            TaskState task, Map<String, TaskState> byName, Forecast forecast, Instant now) {
        TaskState latest = null;
        Instant end = Instant.MIN;
        for (String name : task.after()) {
            TaskState before = byName.get(name);
            Instant its = before == null ? null : end(before, forecast, now);
            if (its != null && its.isAfter(end)) {
                end = its;
                latest = before;
            }
        }
        return latest;
    }

    private static @Nullable Instant end(TaskState task, Forecast forecast, Instant now) {
        if (task.endedAt() != null) {
            return task.endedAt();
        }
        Forecast.Expected expected = forecast.tasks().get(task.name());
        if (expected != null) {
            return expected.end();
        }
        return task.startedAt() == null ? null : now;
    }
}
