package io.tailrace.desktop.workflow;

/** How far a command has come. */
public enum CommandPhase {
    /** On its way to the gateway. */
    SENDING,
    /** The gateway keeps it; the pipeline has not answered. */
    PENDING,
    /** The pipeline will do it. */
    ACCEPTED,
    /** The pipeline will not do it. */
    REFUSED,
    /** The pipeline did it. */
    DONE,
    /** It did not reach the gateway. */
    FAILED;

    /** Whether nothing more is expected. */
    boolean terminal() {
        return this == REFUSED || this == DONE || this == FAILED;
    }
}
