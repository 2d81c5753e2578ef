package io.tailrace.server;

import com.sun.management.UnixOperatingSystemMXBean;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.tailrace.server.access.TlsKeys;
import io.tailrace.server.http.Problems;
import io.tailrace.server.listener.ConnectionLimits;
import io.tailrace.server.listener.Connections;
import io.tailrace.server.settings.Settings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/** The web server, set up for streams that stay open for days. */
final class Listener {

    private static final System.Logger LOGGER = System.getLogger(Listener.class.getName());

    // A reader that takes nothing pins so much of the kernel's memory, instead of 4 MB.
    private static final int SEND_BUFFER = 128 * 1024;
    private static final int BACKLOG = 4_096;
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int FEW_CONNECTIONS = 1_000;
    // What the log, its tables and the libraries may have open beside the connections.
    private static final int OTHER_FILES = 768;
    // Accepted beyond the limit only to be told so.
    private static final int REFUSED = 8;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private Listener() {}

    static WebServer build(
            Settings settings,
            @Nullable TlsKeys keys,
            Problems problems,
            Connections connections,
            Routes routes) {
        var server = WebServer.builder();
        if (keys != null) {
            server.tls(Tls.builder().sslContext(keys.context()).build());
        }
        return server.address(settings.listen().bind())
                .port(settings.listen().port())
                .backlog(BACKLOG)
                .maxTcpConnections(connections.most() + REFUSED)
                // A stream pins what its connection holds: no second buffer in the socket, none in
                // the response, for streams gather by themselves.
                .useNio(false)
                .writeBufferSize(0)
                .connectionOptions(
                        connections.watching(
                                SocketOptions.builder()
                                        .tcpNoDelay(true)
                                        .socketKeepAlive(true)
                                        .socketSendBufferSize(SEND_BUFFER)
                                        .build()))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(
                        connections.watching(
                                Http1ConnectionSelector.builder()
                                        .config(Http1Config.create())
                                        .build()))
                .idleConnectionTimeout(Duration.ofDays(1)) // ours is shorter
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .maxPayloadSize(-1)
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .addContentEncoding(new PassedBodies())
                                .build())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(directHandlers(problems))
                .routing(routes::apply)
                .build();
    }

    /** Limits for the connections. Running out of open files would end the listener for good. */
    static ConnectionLimits limits(Settings settings) {
        return new ConnectionLimits(
                connections(),
                settings.limits().header(),
                settings.limits().body(),
                settings.limits().idle(),
                settings.ingest().maxBody());
    }

    private static int connections() {
        long files =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE;
        int connections = connections(files);
        if (connections < FEW_CONNECTIONS) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "This process may open only {0} files, so it takes {1} connections at once:"
                            + " raise the limit (ulimit -n) for more.",
                    files,
                    connections);
        }
        return connections;
    }

    /** How many connections a limit of open files leaves room for. */
    static int connections(long files) {
        return Math.clamp(Math.max(files - OTHER_FILES, files / 4), 1, MAX_CONNECTIONS);
    }

    private static DirectHandlers directHandlers(Problems problems) {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }

    /** The server would say it with two stack traces. */
    static void checkAddress(Settings settings) {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(settings.listen().bind(), settings.listen().port()));
        } catch (IOException e) {
            throw cannotListen(settings, e);
        }
    }

    static StartException cannotListen(Settings settings, Exception cause) {
        return new StartException(
                "Cannot listen on %s port %d: %s. Stop what uses it, or choose another with --port."
                        .formatted(
                                settings.listen().bind().getHostAddress(),
                                settings.listen().port(),
                                cause.getMessage()),
                cause);
    }
}
