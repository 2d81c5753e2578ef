package io.tailrace.publisher;

import java.util.Locale;

/**
 * What can be set by name: in a logger's configuration, as system property, or in the environment.
 */
enum Option {
    URL("url"),
    WORKSPACE("workspace"),
    WORKFLOW("workflow"),
    RUN("run"),
    TASK("task"),
    TOKEN_FILE("tokenFile"),
    CERTIFICATES("certificates"),
    PUBLISHER_ID("publisherId"),
    SPILL_FOLDER("spillFolder"),
    SPILL_BYTES("spillBytes"),
    MEMORY_BYTES("memoryBytes"),
    WHEN_FULL("whenFull"),
    BATCH_EVENTS("batchEvents"),
    BATCH_BYTES("batchBytes"),
    LINGER("linger"),
    REQUEST_TIMEOUT("requestTimeout"),
    CLOSE_TIMEOUT("closeTimeout");

    private final String word;

    Option(String word) {
        this.word = word;
    }

    /** In a logger's configuration. */
    String word() {
        return word;
    }

    String property() {
        return "tailrace." + word;
    }

    String variable() {
        return "TAILRACE_" + name().toUpperCase(Locale.ROOT);
    }
}
