package io.tailrace.server.search;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;

/**
 * A log line that was found.
 *
 * @param cursor where it is
 * @param line the line
 * @param matched how many of the terms it has
 */
public record LogHit(Cursor cursor, Event.Log line, int matched) {}
