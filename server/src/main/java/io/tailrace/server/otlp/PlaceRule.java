package io.tailrace.server.otlp;

import io.tailrace.model.Subject;
import io.tailrace.server.ingest.ChannelNames;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says by the attributes of a resource which workspace and workflow its records belong to. Each has
 * a list: the first attribute that is there wins; one that begins with {@code =} is itself the
 * name.
 *
 * @param workspace such as {@code service.namespace, =default}
 * @param workflow such as {@code service.name, =unknown}
 */
public record PlaceRule(List<String> workspace, List<String> workflow) {

    private static final String NOWHERE = "unknown";
    // What every process repeats with every request, and nobody asks of a log line.
    private static final List<String> NOISE =
            List.of(
                    "telemetry.",
                    "process.command",
                    "process.executable",
                    "process.runtime.",
                    "os.");

    /** Copies the lists. */
    public PlaceRule {
        workspace = List.copyOf(workspace);
        workflow = List.copyOf(workflow);
    }

    Place place(Map<String, @Nullable Object> resource) {
        String space = ChannelNames.fit(first(workspace, resource), NOWHERE);
        String flow = ChannelNames.fit(first(workflow, resource), NOWHERE);
        var base = new Subject(space, flow, null, null, null, null);
        Subject subject = Runs.subject(base, resource, true);
        return Place.of(space, flow, subject, told(resource, subject));
    }

    private static String first(List<String> rule, Map<String, @Nullable Object> resource) {
        for (String name : rule) {
            if (name.startsWith("=")) {
                return name.substring(1);
            }
            Object value = resource.get(name);
            if (value != null && !value.toString().isBlank()) {
                return value.toString();
            }
        }
        return NOWHERE;
    }

    private static Map<String, @Nullable Object> told(
            Map<String, @Nullable Object> resource, Subject subject) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        resource.forEach((name, value) -> {
            if (NOISE.stream().noneMatch(name::startsWith)) {
                told.put(name, value);
            }
        });
        Runs.remove(told, subject);
        return told;
    }
}
