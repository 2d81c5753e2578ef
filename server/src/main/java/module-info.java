import org.jspecify.annotations.NullMarked;

/** The gateway: takes events in, keeps them in a durable log, and streams them. */
@NullMarked
module io.tailrace.server {
    requires static transitive org.jspecify;
    requires transitive io.tailrace.shared;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.nimbusds.jose.jwt;
    requires io.helidon.common;
    requires io.helidon.common.buffers;
    requires io.helidon.common.media.type;
    requires io.helidon.common.socket;
    requires io.helidon.config;
    requires io.helidon.logging.common;
    requires io.helidon.webserver;
    requires java.net.http;
    requires jdk.management;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires rocksdbjni;

    exports io.tailrace.server;
    exports io.tailrace.server.settings;

    provides io.helidon.webserver.http.spi.SinkProvider with
            io.tailrace.server.stream.SocketWires;
}
