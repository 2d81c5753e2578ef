package io.tailrace.server.source;

import java.io.IOException;
import java.util.List;

/** A place from which the gateway fetches events. */
public interface Source {

    /** Tells it from the others; its position is kept under this name. */
    String name();

    /** What it is, such as {@code file}. */
    String type();

    /** Up to where each of its parts was read, as of a moment ago. Thread-safe. */
    default List<SourcePart> parts() {
        return List.of();
    }

    /**
     * Fetches events and hands them over until it is interrupted. It begins where the outlet's
     * position says, also when it was called before: what was not stored is fetched again.
     *
     * @throws IOException when it cannot be reached; it is called again later
     */
    void run(Outlet outlet) throws IOException, InterruptedException;
}
