package io.tailrace.server.stream;

import io.tailrace.model.Cursor;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an open stream.
 *
 * @param id the session
 * @param channels its patterns
 * @param started when it began
 * @param position up to where it was sent everything
 * @param lag how many entries lie from the first that waits for it to the newest; those of other
 *     channels in between count too; 0 when none waits
 * @param bytes how much was written
 */
public record SessionInfo(
        String id, List<String> channels, Instant started, Cursor position, long lag, long bytes) {

    /** Copies the list. */
    public SessionInfo {
        channels = List.copyOf(channels);
    }
}
