package io.tailrace.desktop.connection;

import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;

/**
 * The root connection and the inbox it fills. All methods may be called from any thread and none
 * blocks.
 */
public final class Connection implements AutoCloseable {

    /** How many items wait for the screen at most. */
    public static final int MAX_ITEMS = 65_536;

    /** How many bytes wait for the screen at most. */
    public static final long MAX_BYTES = 64L << 20;

    private final Inbox inbox = new Inbox(MAX_ITEMS, MAX_BYTES);
    private final RootConnection root;

    /** Prepares a connection; {@link #start} opens it. */
    public Connection(RootConnectionSettings settings) {
        root = new RootConnection(settings, inbox::put);
    }

    /** Begins to connect. */
    public void start() {
        root.start();
    }

    /** Where received items wait. */
    public Inbox inbox() {
        return inbox;
    }

    /** Tries at once, whatever was being waited for. */
    public void reconnectNow() {
        root.reconnectNow();
    }

    /** Ends the connection; what waits is forgotten. */
    @Override
    public void close() {
        inbox.close(); // first, so that the reader does not hang in it
        Thread.ofVirtual().name("tailrace-goodbye").start(root::close);
    }
}
