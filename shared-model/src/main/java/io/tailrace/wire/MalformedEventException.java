package io.tailrace.wire;

/** What was received is not an event; the message is a sentence for whoever sent it. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what to send instead. */
    public MalformedEventException(String message) {
        super(message);
    }
}
