package io.tailrace.client;

import io.tailrace.model.Cursor;

/** Where channels begin that are added to a stream that runs. */
public sealed interface ChannelStart {

    /** With what is published from now on. */
    record Now() implements ChannelStart {}

    /** With what comes after an entry. */
    record After(Cursor cursor) implements ChannelStart {}

    /**
     * With the newest entries of each.
     *
     * @param entries how many, 1 to {@value RootConnectionSettings#MAX_TAIL}
     */
    record Newest(int entries) implements ChannelStart {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException with a sentence that says what is wrong
         */
        public Newest {
            if (entries < 1 || entries > RootConnectionSettings.MAX_TAIL) {
                throw new IllegalArgumentException(
                        "The newest entries are a number, 1 to %d."
                                .formatted(RootConnectionSettings.MAX_TAIL));
            }
        }
    }
}
