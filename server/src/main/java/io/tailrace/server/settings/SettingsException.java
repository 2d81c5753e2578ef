package io.tailrace.server.settings;

/** A setting is wrong; the message is one sentence that says which, and what is needed. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With that sentence. */
    public SettingsException(String message) {
        super(message);
    }
}
