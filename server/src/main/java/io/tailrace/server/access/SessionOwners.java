package io.tailrace.server.access;

/**
 * Whose session ids are: a session belongs to the first principal who used it, so that nobody else
 * reads its channel by knowing its id. Thread-safe.
 */
public interface SessionOwners {

    /**
     * Takes a session for somebody.
     *
     * @return whether it is his: he used it first, or nobody did for a long time
     */
    boolean claim(String session, String owner);

    /** Whether it is his already; quick. */
    boolean owns(String session, String owner);
}
