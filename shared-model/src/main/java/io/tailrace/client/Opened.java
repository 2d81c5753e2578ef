package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What became of a try to open the stream, and how it ended. */
sealed interface Opened {

    /** The stream is open. */
    record Open(GuardedInputStream body) implements Opened {}

    /** It is over: either for good or until the next try. */
    sealed interface Ending extends Opened {}

    /** Another try would get the same answer. */
    record Refused(String reason) implements Ending {}

    /**
     * Another try may help.
     *
     * @param delay how long to wait: exactly when the gateway said so as it stopped, at least when
     *     it is too busy, by the backoff when null
     */
    record Broken(String reason, @Nullable Duration delay, boolean exactly) implements Ending {

        static Broken because(String reason) {
            return new Broken(reason, null, false);
        }
    }
}
