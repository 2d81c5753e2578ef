package io.tailrace.server.stream;

import io.tailrace.model.Cursor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of an open stream.
 *
 * @param id the session
 * @param caller who opened it
 * @param transport {@code sse} or {@code poll}
 * @param channels its patterns
 * @param started when it began
 * @param position up to where it was sent everything
 * @param lag how many entries wait for it; at most so many while it replays
 * @param age how long the oldest entry that waits for it has been stored
 * @param conflated how many entries were left out because it lagged
 * @param bytes how much was written
 */
public record SessionInfo(
        String id,
        String caller,
        String transport,
        List<String> channels,
        Instant started,
        Cursor position,
        long lag,
        Duration age,
        long conflated,
        long bytes) {

    /** Copies the list. */
    public SessionInfo {
        channels = List.copyOf(channels);
    }
}
