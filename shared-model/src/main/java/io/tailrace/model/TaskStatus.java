package io.tailrace.model;

import java.util.Locale;
import java.util.Optional;

/** Where a task, or one attempt of it, stands. */
public enum TaskStatus {
    WAITING,
    RUNNING,
    PAUSED,
    /** An attempt failed and another will follow. */
    RETRYING,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    CANCELLED;

    /** Whether nothing more is expected of it. */
    public boolean terminal() {
        return this == SUCCEEDED || this == FAILED || this == SKIPPED || this == CANCELLED;
    }

    /** The name on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; empty when it is not one of these. */
    public static Optional<TaskStatus> ofWireName(String text) {
        for (TaskStatus status : values()) {
            if (status.wireName().equalsIgnoreCase(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
