package io.tailrace.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.time.Duration;
import java.util.Set;

/** Has each new connection handled as before, but watched. */
record WatchedSelector(ServerConnectionSelector selector, Connections connections)
        implements ServerConnectionSelector {

    @Override
    public int bytesToIdentifyConnection() {
        return selector.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return selector.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return selector.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Connection connection = connections.of(context);
        var watched = new WatchedContext(context, connection, connections);
        return new Watched(selector.connection(watched), connection, connections);
    }

    /** On the connection's thread from its beginning to its end. */
    private record Watched(ServerConnection handler, Connection connection, Connections connections)
            implements ServerConnection, InterruptableTask<Void> {

        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                ScopedValue.where(Connections.CURRENT, connection)
                        .<Void, InterruptedException>call(() -> {
                            handler.handle(limit);
                            return null;
                        });
            } finally {
                connections.remove(connection);
            }
        }

        @Override
        public boolean canInterrupt() {
            return handler instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        @Override
        public Duration idleTime() {
            return handler.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            handler.close(interrupt);
        }
    }
}
