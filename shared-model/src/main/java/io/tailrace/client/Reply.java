package io.tailrace.client;

import java.util.function.Function;

/**
 * What came of a request to the gateway.
 *
 * @param <T> what it was for
 */
public sealed interface Reply<T> {

    /** It was granted. */
    record Ok<T>(T value) implements Reply<T> {}

    /**
     * The gateway answered, but did not grant it.
     *
     * @param reason why, a sentence for people
     */
    record Refused<T>(String reason) implements Reply<T> {}

    /**
     * There was no answer; whether it was done is not known.
     *
     * @param reason why, a sentence for people
     */
    record Unreachable<T>(String reason) implements Reply<T> {}

    /** The same with another value. */
    default <R> Reply<R> map(Function<T, R> function) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(function.apply(value));
            case Refused<T>(String reason) -> new Refused<>(reason);
            case Unreachable<T>(String reason) -> new Unreachable<>(reason);
        };
    }
}
