package io.tailrace.server.eventlog;

/** The log cannot do what was asked; the message is a sentence for operators. */
public final class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what to do. */
    public EventLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With a sentence that says what to do. */
    public EventLogException(String message) {
        super(message);
    }
}
