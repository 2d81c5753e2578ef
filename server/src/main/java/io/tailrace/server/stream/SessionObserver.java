package io.tailrace.server.stream;

import java.util.Locale;

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
                public void reached(long position) {}

                @Override
                public void gap() {}

                @Override
                public void conflated(long entries) {}

                @Override
                public void replayed(long entries, Outcome outcome) {}

                @Override
                public void pumpFailed() {}
            };

    /** How a replay ended. */
    enum Outcome {
        /** All of it was sent. */
        COMPLETE,
        /** Something of it is no longer kept, which was told. */
        GAP,
        /** The stream ended before. */
        CUT;

        /** The word in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    /** One reader was sent all its entries up to that position, of which the last was live. */
    void reached(long position);

    /** A reader was told that entries are missing. */
    void gap();

    /** So many entries were left out, because newer ones replace them and the reader lagged. */
    void conflated(long entries);

    /**
     * A stream has been sent what was stored before it began, or ended before that.
     *
     * @param entries how many were sent
     */
    void replayed(long entries, Outcome outcome);

    /** What one thread writes for many failed; they go on, each on its own for a while. */
    void pumpFailed();
}
