package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/** How one try to deliver a batch ended. */
sealed interface Reply {

    /**
     * The batch is durable, but for the rejected lines.
     *
     * @param rejected reason by line, from 1
     */
    record Acknowledged(Map<Integer, String> rejected, @Nullable String cursor) implements Reply {}

    /** The gateway will never take this batch. */
    record Refused(String reason) implements Reply {}

    /**
     * Not now.
     *
     * @param after how long the gateway asks to wait, or null
     */
    record TryAgain(String reason, @Nullable Duration after) implements Reply {}
}
