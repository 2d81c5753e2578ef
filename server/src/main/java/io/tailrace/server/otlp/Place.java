package io.tailrace.server.otlp;

import io.tailrace.model.Channel;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Where records go.
 *
 * @param subject the workspace, the workflow and, as far as that is known, the run and task
 * @param resource what the events tell of the resource
 * @param joined whether the run is one that OpenLineage told of, so that its id says no more
 */
record Place(
        Subject subject,
        Channel logs,
        Channel runs,
        Channel metrics,
        Map<String, @Nullable Object> resource,
        boolean joined) {

    /** By the rule for resources. */
    static Place of(
            String workspace,
            String workflow,
            Subject subject,
            Map<String, @Nullable Object> resource) {
        return of(workspace, workflow, subject, resource, false);
    }

    /** A run that OpenLineage told of. */
    static Place of(Subject subject, Map<String, @Nullable Object> resource) {
        String workspace = String.valueOf(subject.workspace());
        String workflow = String.valueOf(subject.workflow());
        return of(workspace, workflow, subject, resource, true);
    }

    private static Place of(
            String workspace,
            String workflow,
            Subject subject,
            Map<String, @Nullable Object> resource,
            boolean joined) {
        return new Place(
                subject,
                Channel.logs(workspace, workflow),
                Channel.runs(workspace, workflow),
                Channel.metrics(workspace),
                resource,
                joined);
    }

    /** The same for another resource. */
    Place withResource(Map<String, @Nullable Object> other) {
        return new Place(subject, logs, runs, metrics, other, joined);
    }

    /** What a record with these attributes is about. */
    Subject subject(Map<String, @Nullable Object> attributes) {
        return Runs.subject(subject, attributes, !joined);
    }
}
