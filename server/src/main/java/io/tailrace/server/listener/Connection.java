package io.tailrace.server.listener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One connection: what it is at, and since when. Its own thread changes that, the watchdog looks.
 */
final class Connection {

    /** What a connection is at. */
    enum Phase {
        /** It was accepted, and the header of its first request is not complete. */
        HEADER,
        /** Between two requests, or in the header of the next. */
        IDLE,
        /** In a request whose body is read as a whole. */
        BODY,
        /** In a request that may take as long as it likes. */
        BUSY
    }

    /** One look: replaced as a whole, so that the watchdog never sees half of a change. */
    private record At(Phase phase, long since) {}

    private final SocketAddress address;
    private final SocketChannel channel;
    private volatile At at = new At(Phase.HEADER, System.nanoTime());
    private volatile boolean ended;
    // Owned by the connection's thread.
    private @Nullable String reason;
    private boolean logged;

    Connection(SocketAddress address, SocketChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /** Whose it is: known also when the connection is closed. */
    SocketAddress address() {
        return address;
    }

    void enter(Phase phase) {
        at = new At(phase, System.nanoTime());
    }

    Phase phase() {
        return at.phase();
    }

    boolean olderThan(Duration limit) {
        return System.nanoTime() - at.since() > limit.toNanos();
    }

    boolean open() {
        return channel.isOpen();
    }

    /** Nobody reads from it any more, not even whoever waits for bytes now. */
    void stopReading() {
        ended = true;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // it is closed already
        }
    }

    /** Whether {@link #stopReading} ended the reading, not the client. */
    boolean ended() {
        return ended;
    }

    void reason(String why) {
        reason = why;
    }

    /** Its last request broke off after it was logged; no other follows. */
    void logged() {
        logged = true;
    }

    boolean wasLogged() {
        return logged;
    }

    @Nullable String takeReason() {
        String why = reason;
        reason = null;
        return why;
    }
}
