package io.tailrace.server;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.tailrace.server.http.Problems;

import java.time.Duration;

/** The web server, set up for streams that stay open for days. */
final class Listener {

    // A reader that takes nothing pins so much of the kernel's memory, instead of 4 MB.
    private static final int SEND_BUFFER = 128 * 1024;
    private static final int BACKLOG = 4_096;
    // Running out of file descriptors while accepting would end the listener for good.
    private static final int MAX_CONNECTIONS = 20_000;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private Listener() {}

    static WebServer build(Settings settings, Problems problems, Routes routes) {
        return WebServer.builder()
                .address(settings.bind())
                .port(settings.port())
                .backlog(BACKLOG)
                .maxTcpConnections(MAX_CONNECTIONS)
                .connectionOptions(
                        SocketOptions.builder()
                                .tcpNoDelay(true)
                                .socketSendBufferSize(SEND_BUFFER)
                                .build())
                .idleConnectionTimeout(Duration.ofDays(1))
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .maxPayloadSize(-1)
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .addContentEncoding(new PassedBodies())
                                .build())
                .directHandlers(directHandlers(problems))
                .routing(routes::apply)
                .build();
    }

    private static DirectHandlers directHandlers(Problems problems) {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }
}
