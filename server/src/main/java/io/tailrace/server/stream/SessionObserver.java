package io.tailrace.server.stream;

/** Is told what sessions do; called on their threads, must not block or throw. */
public interface SessionObserver {

    /** Tells nobody. */
    SessionObserver NONE =
            new SessionObserver() {
                @Override
                public void opened() {}

                @Override
                public void closed(String reason) {}

                @Override
                public void delivered(int entries, int bytes, boolean replayed) {}

                @Override
                public void flushed(long millisSinceReceived) {}

                @Override
                public void gap() {}

                @Override
                public void conflated(long entries) {}
            };

    /** A stream began. */
    void opened();

    /**
     * A stream ended.
     *
     * @param reason gone, stalled, shutdown, failed, expired or revoked
     */
    void closed(String reason);

    /**
     * Entries were written to the socket.
     *
     * @param replayed whether they were stored before the stream began
     */
    void delivered(int entries, int bytes, boolean replayed);

    /** A live entry was written so long after the gateway got it. */
    void flushed(long millisSinceReceived);

    /** A reader was told that entries are missing. */
    void gap();

    /** So many entries were left out, because newer ones replace them and the reader lagged. */
    void conflated(long entries);
}
