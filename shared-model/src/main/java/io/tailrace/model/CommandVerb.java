package io.tailrace.model;

import java.util.Locale;
import java.util.Optional;

/** What can be asked of a run. */
public enum CommandVerb {
    CANCEL,
    PAUSE,
    RESUME,
    RETRY;

    /** The name on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; empty when it is not one of these. */
    public static Optional<CommandVerb> ofWireName(String text) {
        for (CommandVerb verb : values()) {
            if (verb.wireName().equalsIgnoreCase(text)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
