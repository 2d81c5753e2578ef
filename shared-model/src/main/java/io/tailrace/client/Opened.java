package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What became of a try to receive events, and how it ended. */
sealed interface Opened {

    /** The answer has begun and is what was asked for. */
    record Open(GuardedInputStream body) implements Opened {}

    /** It is over: either for good or until the next try. */
    sealed interface Ending extends Opened {

        /** Why, a sentence for people. */
        String reason();

        /** Whether something between us and the gateway may be the cause. */
        default Doubt doubt() {
            return Doubt.NONE;
        }
    }

    /** Another try would get the same answer. */
    record Refused(String reason, Doubt doubt) implements Ending {

        static Refused because(String reason) {
            return new Refused(reason, Doubt.NONE);
        }
    }

    /** We may not, as whom we say we are; a renewed token or another grant may change that. */
    record Denied(String reason) implements Ending {}

    /** The gateway has ended the session, for instance because the token has expired. */
    record Ended(String reason) implements Ending {}

    /**
     * Another try may help.
     *
     * @param delay how long to wait: exactly when the gateway said so as it stopped, at least when
     *     it is too busy, by the backoff when null
     */
    record Broken(String reason, @Nullable Duration delay, boolean exactly, Doubt doubt)
            implements Ending {

        static Broken because(String reason) {
            return because(reason, Doubt.NONE);
        }

        static Broken because(String reason, Doubt doubt) {
            return new Broken(reason, null, false, doubt);
        }
    }
}
