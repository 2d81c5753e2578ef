package io.tailrace.server.listener;

/** Is told what happens to connections; any thread, must not block or throw. */
public interface ConnectionObserver {

    /** Bytes came in. */
    void received(int bytes);

    /** A connection was refused because there are too many. */
    void refused();

    /**
     * A connection was ended because it took too long.
     *
     * @param phase what it was at: header, body or idle
     */
    void timedOut(String phase);
}
