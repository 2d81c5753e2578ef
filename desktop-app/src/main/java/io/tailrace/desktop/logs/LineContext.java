package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

/**
 * What many lines share, kept once for all of them: filters decide on contexts, not on lines.
 *
 * @param kind whether it is a published line or the console's own notice between lines
 * @param level how grave
 * @param source who wrote it, empty when nobody said
 * @param channel where it was published
 * @param run the run it belongs to
 * @param task the part of the run
 * @param attempt which try of the task
 * @param epoch the life of the log that its cursor belongs to
 * @param fields whether further fields are stored behind the text
 */
record LineContext(
        Kind kind,
        Level level,
        String source,
        Channel channel,
        @Nullable RunKey run,
        @Nullable String task,
        @Nullable Integer attempt,
        String epoch,
        boolean fields) {

    /** What a line is. */
    enum Kind {
        LOG,
        NOTICE
    }

    /** Whether it was published, so that its cursor names it. */
    boolean published() {
        return kind == Kind.LOG;
    }
}
