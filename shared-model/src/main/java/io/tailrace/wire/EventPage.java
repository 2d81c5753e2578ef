package io.tailrace.wire;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Some stored entries of one channel, in order.
 *
 * @param entries oldest first
 * @param next what the next page comes after
 * @param missingUpTo when entries that belong before these are no longer kept: the last of them
 */
public record EventPage(List<Entry> entries, @Nullable Cursor next, @Nullable Cursor missingUpTo) {

    /** Copies the list. */
    public EventPage {
        entries = List.copyOf(entries);
    }
}
