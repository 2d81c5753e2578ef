package io.tailrace.desktop.connection;

/** Where the connection stands, in one word. */
public enum Standing {
    CONNECTED("connected"),
    CONNECTING("connecting"),
    WAITING("reconnecting"),
    OFFLINE("offline");

    private final String word;

    Standing(String word) {
        this.word = word;
    }

    /** What people read. */
    public String word() {
        return word;
    }
}
