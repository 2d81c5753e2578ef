package io.tailrace.publisher;

import java.nio.file.Path;

/**
 * Where events go that the gateway does not take while it is away. They survive the end of the
 * process, however it ends, and are sent by the next publisher that has the same folder.
 *
 * @param folder is made when it is missing; several publishers may share it
 * @param maxBytes the most that it may take; what comes then waits in memory
 */
public record Spill(Path folder, long maxBytes) {

    /** So much when nobody says otherwise. */
    public static final long USUAL_BYTES = 256L * 1024 * 1024;

    private static final long LEAST = 64 * 1024;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public Spill {
        if (maxBytes < LEAST) {
            throw new IllegalArgumentException(
                    "A spill folder needs at least %,d bytes.".formatted(LEAST));
        }
    }

    /** That folder, with 256 MiB at most. */
    public static Spill to(Path folder) {
        return new Spill(folder, USUAL_BYTES);
    }
}
