package io.tailrace.server.cloudevents;

/** Something is not a CloudEvent, or not one that this gateway reads; the message is a sentence. */
final class CloudEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CloudEventException(String sentence) {
        super(sentence, null, false, false); // an answer, not a fault: no stack trace
    }
}
