import org.jspecify.annotations.NullMarked;

/** The gateway: takes events in, keeps them in a durable log, and streams them. */
@NullMarked
module io.tailrace.server {
    requires static org.checkerframework.checker.qual;
    requires static transitive org.jspecify;
    requires transitive io.tailrace.shared;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.nimbusds.jose.jwt;
    requires io.helidon.common;
    requires io.helidon.common.buffers;
    requires io.helidon.common.media.type;
    requires io.helidon.common.socket;
    requires io.github.bucket4j.core;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.task;
    requires io.helidon.config;
    requires io.helidon.logging.common;
    requires io.helidon.webserver;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires java.net.http;
    requires java.sql;
    requires jdk.management;
    requires jdk.net;
    requires kafka.clients;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.mongodb.bson;
    requires org.mongodb.driver.core;
    requires org.mongodb.driver.sync.client;
    requires org.postgresql.jdbc;
    requires rocksdbjni;

    exports io.tailrace.server;
    exports io.tailrace.server.settings;

    provides io.helidon.webserver.http.spi.SinkProvider with
            io.tailrace.server.stream.SocketWires;
}
