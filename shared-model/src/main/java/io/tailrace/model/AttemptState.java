package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One try of a task.
 *
 * @param number which try, from 1
 * @param status where it stands
 * @param startedAt when it began, by the publisher's clock
 * @param endedAt when it ended
 * @param error why it failed
 * @param startedBy the entry that said it began
 * @param endedBy the entry that said it ended: the evidence for the error
 */
public record AttemptState(
        int number,
        TaskStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable Cursor startedBy,
        @Nullable Cursor endedBy) {}
