package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What everything that a source fetches is about, where it does not say so itself; each may be
 * null.
 *
 * @param workspace whose it is
 * @param workflow the pipeline
 * @param run one execution
 * @param task a part of it
 */
public record SourceAbout(
        @Nullable String workspace,
        @Nullable String workflow,
        @Nullable String run,
        @Nullable String task) {

    static final List<String> OPTIONS = List.of("workspace", "workflow", "run", "task");

    static SourceAbout of(SourceOptions options) {
        return new SourceAbout(
                options.text("workspace").orElse(null),
                options.text("workflow").orElse(null),
                options.text("run").orElse(null),
                options.text("task").orElse(null));
    }
}
