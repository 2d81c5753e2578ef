package io.tailrace.server.listener;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tailrace.server.listener.Connection.Phase;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All open connections, and the watchdog that ends those that take too long to ask for something:
 * the web server has no limit of its own for an unfinished header or body. Thread-safe.
 *
 * <p>What is ended is only no longer read from; its own thread notices, answers or not, and closes
 * it.
 */
public final class Connections implements AutoCloseable {

    /** Bound while a connection is handled, on its thread. */
    static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private static final Duration CROWDED_IDLE = Duration.ofSeconds(1);
    private static final Duration CROWDED_HEADER = Duration.ofSeconds(5);
    private static final byte[] REFUSAL =
            """
            HTTP/1.1 503 Service Unavailable\r
            Content-Type: application/problem+json\r
            Retry-After: 5\r
            Connection: close\r
            \r
            {"type":"about:blank","title":"Not available","status":503,\
            "detail":"The gateway has as many connections as it takes. Connect again later."}\
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final ConnectionLimits limits;
    private final ConnectionObserver observer;
    private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("connection-watchdog").factory());

    /** Starts the watchdog. */
    public Connections(ConnectionLimits limits, ConnectionObserver observer) {
        this.limits = limits;
        this.observer = observer;
        var _ = watchdog.scheduleWithFixedDelay(this::look, 250, 250, TimeUnit.MILLISECONDS);
    }

    /** The options of the server's sockets, which notices what is accepted. */
    public SocketOptions watching(SocketOptions options) {
        return new WatchedOptions(options, this::accepted);
    }

    /** Makes the connections that are watched. */
    public ServerConnectionSelector watching(ServerConnectionSelector selector) {
        return new WatchedSelector(selector, this);
    }

    /** Notices where requests begin and end; the outermost of all filters. */
    public Filter filter() {
        return new PhaseFilter();
    }

    /** On the listener's thread; what it throws closes the new connection. */
    private void accepted(SocketChannel channel) {
        if (open.size() >= limits.most()) {
            observer.refused();
            refuse(channel);
            throw new IllegalStateException("There are too many connections.");
        }
        try {
            SocketAddress address = channel.getRemoteAddress();
            open.put(address, new Connection(address, channel));
        } catch (IOException e) {
            throw new IllegalStateException("The connection was gone before it was accepted.", e);
        }
    }

    /** A new socket has room for so few bytes: this does not block. */
    private static void refuse(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(REFUSAL));
            channel.shutdownOutput();
        } catch (IOException e) {
            // it went away first
        }
    }

    /** What was accepted; ends the connection when it is gone already. */
    Connection of(ConnectionContext context) {
        SocketAddress address = context.remotePeer().address();
        Connection connection = address == null ? null : open.get(address);
        if (connection == null) {
            throw new CloseConnectionException("The connection was gone before it was handled.");
        }
        return connection;
    }

    void received(int bytes) {
        observer.received(bytes);
    }

    ConnectionLimits limits() {
        return limits;
    }

    void remove(Connection connection) {
        open.remove(connection.address(), connection);
    }

    private void look() {
        boolean crowded = open.size() > limits.most() / 10 * 9;
        open.values().removeIf(connection -> !connection.open());
        for (Connection connection : open.values()) {
            Phase phase = connection.phase();
            boolean late =
                    switch (phase) {
                        case HEADER -> late(connection, limits.header(), crowded, CROWDED_HEADER);
                        case IDLE -> late(connection, limits.idle(), crowded, CROWDED_IDLE);
                        case BODY -> connection.olderThan(limits.body());
                        case BUSY -> false;
                    };
            if (late && !connection.ended()) {
                connection.stopReading();
                observer.timedOut(phase.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static boolean late(
            Connection connection, Duration limit, boolean crowded, Duration crowdedLimit) {
        return connection.olderThan(limit) || (crowded && connection.olderThan(crowdedLimit));
    }

    /**
     * The current request's body may take as long as it likes.
     *
     * @return ends the reading of it, from any thread: its reader then finds no more bytes
     */
    public static Runnable patient() {
        if (!CURRENT.isBound()) {
            return () -> {};
        }
        Connection connection = CURRENT.get();
        connection.enter(Phase.BUSY);
        return connection::stopReading;
    }

    /** Why the current request ends as it does, in one word, for whoever logs it. */
    public static void reason(String reason) {
        if (CURRENT.isBound()) {
            CURRENT.get().reason(reason);
        }
    }

    /** What was said of the current request; said once. */
    public static Optional<String> takeReason() {
        return CURRENT.isBound()
                ? Optional.ofNullable(CURRENT.get().takeReason())
                : Optional.empty();
    }

    /** The request that ends the current connection was logged already. */
    public static void logged() {
        if (CURRENT.isBound()) {
            CURRENT.get().logged();
        }
    }

    /** Who sent a request that was refused before it could be logged; empty when it was. */
    public static Optional<SocketAddress> unlogged() {
        return CURRENT.isBound() && !CURRENT.get().wasLogged()
                ? Optional.of(CURRENT.get().address())
                : Optional.empty();
    }

    /** How many are open. */
    public int open() {
        return open.size();
    }

    /** How many there may be. */
    public int most() {
        return limits.most();
    }

    /** How many have no request. */
    public long idle() {
        return open.values().stream()
                .filter(c -> c.phase() == Phase.IDLE || c.phase() == Phase.HEADER)
                .count();
    }

    /** Ends the watchdog. */
    @Override
    public void close() {
        watchdog.shutdownNow();
    }
}
