package io.tailrace.desktop.connection;

import static io.tailrace.desktop.text.Texts.text;

/** Where the connection stands, in one word. */
public enum Standing {
    CONNECTED(text("connection.connected")),
    POLLING(text("connection.polling")),
    CONNECTING(text("connection.connecting")),
    WAITING(text("connection.reconnecting")),
    OFFLINE(text("connection.offline")),
    /** There is no gateway: something that was saved is shown. */
    SAVED(text("connection.saved"));

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
