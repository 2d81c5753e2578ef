package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

/**
 * What many lines share, kept once for all of them: filters decide on contexts, not on lines.
 *
 * @param kind what it is
 * @param level how grave
 * @param source who wrote it, empty when nobody said
 * @param channel where it was published
 * @param run the run it belongs to
 * @param task the part of the run
 * @param attempt which try of the task
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
        boolean fields) {

    /** What a line is. */
    enum Kind {
        /** A published line. */
        LOG,
        /** Something is missing here. */
        NOTICE,
        /** What happened to a run or a task, shown on request. */
        FACT
    }

    /** Whether it is a published line. */
    boolean published() {
        return kind == Kind.LOG;
    }
}
