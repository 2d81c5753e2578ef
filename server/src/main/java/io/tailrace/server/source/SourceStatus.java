package io.tailrace.server.source;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How a source is.
 *
 * @param name of the source
 * @param type such as {@code file}
 * @param state what it does
 * @param since when it is in that state
 * @param events how many it had stored since the gateway started
 * @param rejected how many things were left out
 * @param failures how often in a row it failed
 * @param retry when it is tried again, while it waits
 * @param problem the latest sentence about what went wrong
 * @param parts up to where each of its parts was read
 */
public record SourceStatus(
        String name,
        String type,
        State state,
        Instant since,
        long events,
        long rejected,
        int failures,
        @Nullable Instant retry,
        @Nullable String problem,
        List<SourcePart> parts) {

    /** Copies the parts. */
    public SourceStatus {
        parts = List.copyOf(parts);
    }

    /** What a source does. */
    public enum State {
        /** It fetches. */
        RUNNING,
        /** It failed and is tried again soon. */
        WAITING,
        /** It failed so often that it is tried only now and then: the circuit is open. */
        SUSPENDED,
        /** The gateway stops. */
        STOPPED
    }
}
