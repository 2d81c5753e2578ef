package io.tailrace.server.stream;

import io.tailrace.server.runs.RunsSnapshot;

import java.time.Duration;
import java.util.Optional;

/** Gives the state of runs for the seam between replay and live. Thread-safe. */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * The state of runs once it covers a position.
     *
     * @param patience how long to wait for that
     * @return empty when it did not get there in time
     */
    Optional<RunsSnapshot> snapshotFrom(long position, Duration patience)
            throws InterruptedException;
}
