package io.tailrace.server.broker;

/** Events could not be stored; nothing of that call was. The message is a sentence for people. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what to do. */
    public BrokerException(String message) {
        super(message);
    }

    /** With a sentence that says what to do. */
    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
