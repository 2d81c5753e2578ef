package io.tailrace.server.access;

/** A file or setting of access control is wrong; the message is a sentence that says which. */
public final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With that sentence. */
    public AccessException(String message) {
        super(message);
    }
}
