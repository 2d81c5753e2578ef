package io.tailrace.server;

/** The gateway cannot start; the message is one sentence that says why and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With that sentence. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
