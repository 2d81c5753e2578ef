package io.tailrace.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventCodec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;

/** A gateway that honours idempotency keys and misbehaves on request, over real HTTP. */
final class FakeGateway implements AutoCloseable {

    /** What one request meets; null from {@code answer} means: behave. */
    interface Misbehaviour {
        void meet(FakeGateway gateway, HttpExchange exchange, byte[] body) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Misbehaviour> script = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Event> streamed = new LinkedBlockingQueue<>();
    private final Map<String, String> replies = new HashMap<>(); // under this
    private final List<String> stored = new ArrayList<>(); // under this
    private final List<String> keys = new ArrayList<>(); // under this: every request's, in order

    private final List<Headers> headers = new ArrayList<>(); // under this: like the keys

    FakeGateway() throws IOException {
        this(0);
    }

    FakeGateway(int port, Misbehaviour... first) throws IOException {
        script.addAll(List.of(first));
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/api/events", this::handle);
        server.createContext("/api/sse/session/", this::stream);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** As after a restart: it knows what the other one stored, and under which keys. */
    synchronized FakeGateway remembering(FakeGateway other) {
        synchronized (other) {
            replies.putAll(other.replies);
            stored.addAll(other.stored);
        }
        return this;
    }

    /** The next request meets this. */
    FakeGateway next(Misbehaviour misbehaviour) {
        script.add(misbehaviour);
        return this;
    }

    /** Whoever reads the stream gets this. */
    void send(Event.Published event) {
        streamed.add(event);
    }

    static Misbehaviour status(int code, String body, String... headers) {
        return (_, exchange, _) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            answer(exchange, code, body);
        };
    }

    /** Stores nothing and hangs up. */
    static Misbehaviour hangUp() {
        return (_, exchange, _) -> exchange.close();
    }

    /** Stores the batch, but the reply gets lost. */
    static Misbehaviour storeAndHangUp() {
        return (gateway, exchange, body) -> {
            gateway.store(exchange, body);
            exchange.close();
        };
    }

    synchronized List<String> stored() {
        return List.copyOf(stored);
    }

    List<Event> events() {
        return stored().stream().map(s -> EventCodec.decode(s.getBytes(UTF_8))).toList();
    }

    List<String> messages() {
        return events().stream()
                .map(e -> e instanceof Event.Log log ? log.message() : e.kind())
                .toList();
    }

    synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    /** What each request had in that header; empty where it had none. */
    synchronized List<String> headers(String name) {
        return headers.stream().map(h -> h.getFirst(name) == null ? "" : h.getFirst(name)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        synchronized (this) {
            headers.add(exchange.getRequestHeaders());
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        }
        Misbehaviour misbehaviour = script.poll();
        if (misbehaviour != null) {
            misbehaviour.meet(this, exchange, body);
        } else {
            answer(exchange, 200, store(exchange, body));
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        Header header = Header.of(Channel.session("s"), Instant.now(), Subject.NONE);
        frame(
                exchange,
                0,
                new Event.SessionInit(header, "s", new Cursor("e", 0), List.of(), 60_000));
        try {
            for (int position = 1; ; position++) {
                frame(exchange, position, streamed.take());
            }
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private static void frame(HttpExchange exchange, int position, Event event) throws IOException {
        String id = position == 0 ? "" : "id: e-" + position + "\n";
        String data = new String(EventCodec.encode(event), UTF_8);
        String frame = id + "event: " + event.kind() + "\ndata: " + data + "\n\n";
        exchange.getResponseBody().write(frame.getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    /** Lines that contain REJECT are rejected, the rest is stored once per key. */
    private synchronized String store(HttpExchange exchange, byte[] body) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return replies.computeIfAbsent(
                key,
                _ -> {
                    List<String> rejected = new ArrayList<>();
                    int line = 0;
                    int accepted = 0;
                    for (String text : new String(body, UTF_8).lines().toList()) {
                        line++;
                        if (text.contains("REJECT")) {
                            rejected.add("{\"line\":%d,\"reason\":\"No.\"}".formatted(line));
                        } else {
                            accepted++;
                            stored.add(text);
                        }
                    }
                    return "{\"accepted\":%d,\"rejected\":[%s],\"cursor\":\"e1-%d\"}"
                            .formatted(accepted, String.join(",", rejected), stored.size());
                });
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
