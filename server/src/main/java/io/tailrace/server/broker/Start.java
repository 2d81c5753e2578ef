package io.tailrace.server.broker;

import io.tailrace.model.Cursor;

/** Where a subscription begins. */
public sealed interface Start {

    /**
     * After a cursor that a reader sent back, with gaps where that cannot be honoured.
     *
     * @param most so many of the newest entries of each channel, with a gap in place of older ones
     */
    record After(Cursor cursor, long most) implements Start {

        /** With all that lies behind it. */
        public After(Cursor cursor) {
            this(cursor, Long.MAX_VALUE);
        }
    }

    /**
     * After a cursor of a log of which this one is an older copy that went its own way.
     *
     * @param same up to here both have the same entries
     * @param most as in {@link After}
     */
    record Since(Cursor cursor, long same, long most) implements Start {}

    /** After a position of this log. */
    record At(long position) implements Start {}

    /**
     * With the newest entries of each channel.
     *
     * @param count so many of each
     * @param upTo counted back from this position; later entries follow as they come
     */
    record Newest(long count, long upTo) implements Start {}
}
