package io.tailrace.server.chat;

import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What a conversation was about last.
 *
 * @param run the run spoken of
 * @param task the task spoken of, or null
 * @param taskWasMeant whether the last answer was about the task rather than the run
 * @param intent what was asked
 * @param focus the run that the console showed then
 * @param at when
 */
record Memory(
        @Nullable RunKey run,
        @Nullable String task,
        boolean taskWasMeant,
        @Nullable Intent intent,
        @Nullable RunKey focus,
        Instant at) {}
