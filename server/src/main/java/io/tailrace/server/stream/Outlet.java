package io.tailrace.server.stream;

/** Where a pump writes what is ready for one connection. */
interface Outlet {

    /** Writes these bytes; one thread at a time. May block for as long as the reader takes none. */
    void send(byte[] ready);

    /** Whether what is written here counts as delivered to a reader. */
    default boolean counts() {
        return true;
    }

    /** Ends the connection, and a write that blocks with it. Any thread. */
    void close();
}
