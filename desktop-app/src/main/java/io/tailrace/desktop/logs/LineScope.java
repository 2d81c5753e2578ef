package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

/**
 * Whose lines are shown: all that is not null has to be the same.
 *
 * @param workspace the tenant
 * @param workflow the definition of the pipeline
 * @param attempt which try of a task
 * @param source who wrote it: a logger, a thread, a stream
 */
public record LineScope(
        @Nullable String workspace,
        @Nullable String workflow,
        @Nullable Integer attempt,
        @Nullable String source) {

    /** Everybody's. */
    public static final LineScope ALL = new LineScope(null, null, null, null);

    boolean accepts(LineContext context) {
        return (workspace == null || workspace.equals(context.channel().workspace()))
                && (workflow == null || workflow.equals(context.channel().workflow()))
                && (attempt == null || attempt.equals(context.attempt()))
                && (source == null || source.equals(context.source()));
    }

    /** The same in another workspace, and in all of its workflows. */
    public LineScope withWorkspace(@Nullable String other) {
        return new LineScope(other, null, attempt, source);
    }

    /** The same of another workflow. */
    public LineScope withWorkflow(@Nullable String other) {
        return new LineScope(workspace, other, attempt, source);
    }

    /** The same of another attempt. */
    public LineScope withAttempt(@Nullable Integer other) {
        return new LineScope(workspace, workflow, other, source);
    }

    /** The same of another source. */
    public LineScope withSource(@Nullable String other) {
        return new LineScope(workspace, workflow, attempt, other);
    }
}
