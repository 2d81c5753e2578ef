package io.tailrace.server.otlp;

import io.tailrace.model.Channel;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Where the records of a resource go.
 *
 * @param subject the workspace, the workflow and, when the resource has one, the run and task
 * @param resource what the events tell of the resource
 */
record Place(
        Subject subject,
        Channel logs,
        Channel runs,
        Channel metrics,
        Map<String, @Nullable Object> resource) {}
