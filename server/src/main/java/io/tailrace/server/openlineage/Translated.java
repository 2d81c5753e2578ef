package io.tailrace.server.openlineage;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What an OpenLineage event means to us.
 *
 * @param events what to store; the last one tells what became of the run
 * @param warning what somebody should look at, about that last one; null when there is nothing
 */
record Translated(List<Event.Published> events, @Nullable Warning warning) {

    Translated {
        events = List.copyOf(events);
    }

    /** An alert that does not know yet which entry it is about. */
    record Warning(Header header, Level level, String message) {
        Event.Alert about(@Nullable Cursor entry) {
            return new Event.Alert(header, level, message, entry);
        }
    }
}
