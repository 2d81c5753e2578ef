package io.tailrace.demo.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes events over HTTP and remembers them. */
final class EventCollector implements AutoCloseable {

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    EventCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/events", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Event> events() {
        return events;
    }

    /** The events of a type, in the order they were published. */
    <E extends Event> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        List<Event> batch =
                body.lines().map(line -> EventCodec.decode(line.getBytes(UTF_8))).toList();
        events.addAll(batch);
        byte[] reply =
                "{\"accepted\":%d,\"rejected\":[],\"cursor\":\"e-1\"}"
                        .formatted(batch.size())
                        .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }
}
