package io.tailrace.desktop.connection;

/** Where the connection stands, in one word. */
public enum Standing {
    CONNECTED("connected"),
    POLLING("polling"),
    CONNECTING("connecting"),
    WAITING("reconnecting"),
    OFFLINE("offline");

    private final String word;

    Standing(String word) {
        this.word = word;
    }

    /** Whether events arrive. */
    public boolean receives() {
        return this == CONNECTED || this == POLLING;
    }

    /** What people read. */
    public String word() {
        return word;
    }
}
