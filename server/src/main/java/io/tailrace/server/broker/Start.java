package io.tailrace.server.broker;

import io.tailrace.model.Cursor;

/** Where a subscription begins. */
public sealed interface Start {

    /** After a cursor that a reader sent back, with gaps where that cannot be honoured. */
    record After(Cursor cursor) implements Start {}

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
