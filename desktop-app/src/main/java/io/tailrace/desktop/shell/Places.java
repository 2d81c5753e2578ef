package io.tailrace.desktop.shell;

import java.net.URI;
import java.util.List;

/**
 * Where the console can go.
 *
 * @param gateways those that were used before, the latest first
 * @param tokens where a token is kept, for people: the end of a sentence
 */
public record Places(List<URI> gateways, String tokens) {

    /** Nothing known yet, and a file for tokens. */
    public static final Places NONE = new Places(List.of(), "unencrypted, in a file of yours");

    /** Copies the list. */
    public Places {
        gateways = List.copyOf(gateways);
    }
}
