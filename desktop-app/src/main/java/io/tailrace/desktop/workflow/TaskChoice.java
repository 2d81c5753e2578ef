package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

/**
 * Which task of which run somebody chose.
 *
 * @param run the run
 * @param task the task; null when the whole run is meant again
 */
public record TaskChoice(RunKey run, @Nullable String task) {}
