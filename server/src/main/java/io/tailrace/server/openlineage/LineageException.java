package io.tailrace.server.openlineage;

/** Something is not OpenLineage; the message is a sentence for whoever sent it. */
final class LineageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LineageException(String message) {
        super(message, null, false, false); // an answer, not a fault: no stack trace
    }
}
