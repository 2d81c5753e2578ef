package io.tailrace.wire;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a stream would have sent, as one answer to somebody who asks again and again.
 *
 * @param items in the order of the stream
 * @param next what to ask for next comes after this
 */
public record FeedPage(List<Item> items, @Nullable Cursor next) {

    /** Copies the list. */
    public FeedPage {
        items = List.copyOf(items);
    }

    /** One frame of the stream. */
    public sealed interface Item {

        /** Its place in the log; null for what the gateway tells one reader. */
        @Nullable Cursor cursor();
    }

    /** A frame that could be read. */
    public record Given(@Nullable Cursor cursor, Event event) implements Item {}

    /**
     * A frame that could not be read.
     *
     * @param reason what is wrong with it, a sentence
     */
    public record Malformed(@Nullable Cursor cursor, String reason) implements Item {}
}
