package io.tailrace.desktop.shell;

import java.util.Locale;

/**
 * Something the palette offers.
 *
 * @param title what it does, in words
 * @param keys how to do it without the palette; empty when there is no key
 * @param run does it
 */
record Action(String title, String keys, Runnable run) {

    /** Whether every word of the text stands in the title. */
    boolean matches(String text) {
        String lower = title.toLowerCase(Locale.ROOT);
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            if (!lower.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
