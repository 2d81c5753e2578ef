package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One try of a task.
 *
 * @param number which try, from 1
 * @param status where it stands; {@link TaskStatus#RETRYING} when the next attempt began though
 *     nobody said how this one ended
 * @param startedAt when it began, by the publisher's clock; null when only its end was seen
 * @param endedAt when it ended
 * @param error why it failed
 * @param startedBy the entry that said it began
 * @param endedBy the entry that said it ended: the evidence for the error; the run's last entry
 *     when only that tells that the attempt is over
 */
public record AttemptState(
        int number,
        TaskStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable Cursor startedBy,
        @Nullable Cursor endedBy) {}
