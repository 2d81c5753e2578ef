package io.tailrace.server.stream;

/** What one caller has of all streams. Guarded by the lock of the {@link StreamLimits}. */
final class Share {

    final String caller;
    final int most;
    int open;
    int waiting;

    /** Nothing yet, and so many streams at most. */
    Share(String caller, int most) {
        this.caller = caller;
        this.most = most;
    }

    boolean full() {
        return open >= most;
    }

    boolean unused() {
        return open == 0 && waiting == 0;
    }
}
