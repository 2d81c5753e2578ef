package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import java.net.URI;
import java.util.List;

/**
 * Where the console can go.
 *
 * @param gateways those that were used before, the latest first
 * @param tokens where a token is kept, a sentence
 */
public record Places(List<URI> gateways, String tokens) {

    /** Nothing known yet, and a file for tokens. */
    public static final Places NONE = new Places(List.of(), text("shell.connect.kept"));

    /** Copies the list. */
    public Places {
        gateways = List.copyOf(gateways);
    }
}
