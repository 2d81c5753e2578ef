package io.tailrace.server.listener;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * Hands a connection's bytes on, counts them, and refuses to gather more than allowed: the server
 * reads a chunk of a body as a whole, however large it says it is. Confined to the connection's
 * thread.
 */
final class WatchedReader implements Supplier<byte @Nullable []> {

    // To look at every piece would be quadratic.
    private static final int LOOK_EVERY = 1 << 20;

    private final DataReader raw;
    private final Connection connection;
    private final Connections connections;
    private @Nullable DataReader outer;
    private int unseen;

    private WatchedReader(DataReader raw, Connection connection, Connections connections) {
        this.raw = raw;
        this.connection = connection;
        this.connections = connections;
    }

    static DataReader of(DataReader raw, Connection connection, Connections connections) {
        var watched = new WatchedReader(raw, connection, connections);
        DataReader outer = DataReader.create(watched);
        watched.outer = outer;
        return outer;
    }

    /** Null at the end. */
    @Override
    public byte @Nullable [] get() {
        try {
            raw.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return ended();
        }
        byte[] bytes = raw.readBytes(raw.available());
        connections.received(bytes.length);
        unseen += bytes.length;
        if (unseen >= LOOK_EVERY) {
            unseen = 0;
            checkGathered();
        }
        return bytes;
    }

    private byte @Nullable [] ended() {
        boolean waiting =
                connection.phase() == Connection.Phase.HEADER
                        || connection.phase() == Connection.Phase.IDLE;
        if (connection.ended() && waiting) {
            throw new CloseConnectionException("No request came in time.");
        }
        return null;
    }

    private void checkGathered() {
        if (outer != null && outer.available() > connections.limits().buffered()) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .setKeepAlive(false)
                    .message("A chunk of the body is too large")
                    .safeMessage(true)
                    .build();
        }
    }
}
