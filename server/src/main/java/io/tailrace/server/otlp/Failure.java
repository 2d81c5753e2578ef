package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What the attributes of an exception say. */
final class Failure {

    private static final String TYPE = "exception.type";
    private static final String MESSAGE = "exception.message";
    private static final String STACK = "exception.stacktrace";

    private Failure() {}

    /** The stack trace, or the type and the message; null when there is no exception. */
    static @Nullable String trace(Map<String, @Nullable Object> attributes) {
        Object stack = attributes.get(STACK);
        return stack == null ? line(attributes) : Texts.of(stack).stripTrailing();
    }

    /** The type and the message; null when there is no exception. */
    static @Nullable String line(Map<String, @Nullable Object> attributes) {
        String type = Texts.of(attributes.get(TYPE));
        String message = Texts.of(attributes.get(MESSAGE));
        if (type.isEmpty() || message.isEmpty()) {
            String either = type + message;
            return either.isEmpty() ? null : either;
        }
        return type + ": " + message;
    }

    /** The stack trace stands elsewhere already. */
    static void removeTrace(Map<String, @Nullable Object> attributes) {
        attributes.remove(STACK);
    }
}
