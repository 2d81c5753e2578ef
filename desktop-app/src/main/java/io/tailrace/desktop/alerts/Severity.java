package io.tailrace.desktop.alerts;

import io.tailrace.desktop.text.Tone;
import io.tailrace.model.Level;

/** How loud a row is. */
public enum Severity {
    /** Something failed for good, or an alert at ERROR. */
    FAILURE(Tone.ERROR, "failed"),
    /** An alert that is not an error. */
    WARNING(Tone.WARN, "alert"),
    /** An attempt failed and another follows: worth knowing, nothing to do. */
    RETRIED(Tone.MUTED, "will retry");

    private final Tone tone;
    private final String word;

    Severity(Tone tone, String word) {
        this.tone = tone;
        this.word = word;
    }

    /** Its colour. */
    public Tone tone() {
        return tone;
    }

    /** The same in a word, so that colour never stands alone. */
    public String word() {
        return word;
    }

    static Severity of(Level level) {
        return level == Level.ERROR ? FAILURE : WARNING;
    }
}
