package io.tailrace.model;

import java.util.Locale;
import java.util.Optional;

/** Where a run stands. */
public enum RunStatus {
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether the run is over. */
    public boolean terminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The name on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; empty when it is not one of these. */
    public static Optional<RunStatus> ofWireName(String text) {
        for (RunStatus status : values()) {
            if (status.wireName().equalsIgnoreCase(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
