package io.tailrace.desktop.alerts;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Tone;
import io.tailrace.model.Level;

/** How loud a row is. */
public enum Severity {
    /** Something failed for good, or an alert at ERROR. */
    FAILURE(Tone.ERROR, text("alerts.severity.failed")),
    /** An alert that is not an error. */
    WARNING(Tone.WARN, text("alerts.severity.alert")),
    /** An attempt failed and another follows: worth knowing, nothing to do. */
    RETRIED(Tone.MUTED, text("alerts.severity.retried"));

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
