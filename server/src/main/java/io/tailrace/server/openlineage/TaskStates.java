package io.tailrace.server.openlineage;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the tasks of a DAG ended, as Airflow lists them when it ends: some tasks send no events of
 * their own. What a task said itself stands.
 */
final class TaskStates {

    private TaskStates() {}

    static List<Event.Published> of(LineageEvent event, Place place, Header header) {
        List<Event.Published> events = new ArrayList<>();
        if (place.task() != null) {
            return events;
        }
        Map<?, ?> states = Lookup.object(event.runFacets(), "airflowState", "tasksState");
        states.forEach((task, state) -> {
            TaskStatus status = status(String.valueOf(state));
            String name = String.valueOf(task);
            if (status != null && !name.isBlank()) {
                Subject s = header.subject();
                Subject subject =
                        new Subject(
                                s.workspace(),
                                s.workflow(),
                                s.run(),
                                TaskNames.of(name, ""),
                                null,
                                null);
                Header its =
                        new Header(header.channel(), header.timestamp(), subject, Map.of())
                                .withFields(header.fields());
                events.add(new Event.Status(its, status.wireName(), null, null));
            }
        });
        return events;
    }

    private static @Nullable TaskStatus status(String airflow) {
        return switch (airflow) {
            case "success" -> TaskStatus.SUCCEEDED;
            case "failed" -> TaskStatus.FAILED;
            case "skipped", "upstream_failed", "removed" -> TaskStatus.SKIPPED;
            default -> null;
        };
    }
}
