package io.tailrace.desktop.text;

import java.util.Locale;

/** What a word or a mark says by its colour: a state, nothing else. */
public enum Tone {
    /** Past, waiting or secondary. */
    MUTED,
    /** Plain text. */
    TEXT,
    /** It runs. */
    ACCENT,
    /** It is done. */
    OK,
    /** It needs attention. */
    WARN,
    /** It failed. */
    ERROR;

    /** The word that style sheets use for it. */
    public String styleClass() {
        return name().toLowerCase(Locale.ROOT);
    }
}
