package io.tailrace.demo.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventCodec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes events over HTTP and remembers them. */
final class EventCollector implements AutoCloseable {

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Event.Command> commands = new LinkedBlockingQueue<>();
    private final AtomicInteger position = new AtomicInteger(100);

    EventCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/events", this::handle);
        server.createContext("/api/sse/session/", this::stream);
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

    /** Gives a command to whoever reads the stream; its id. */
    String command(String run, CommandVerb verb) {
        String id = "c" + position.incrementAndGet();
        Subject about = Subject.ofRun(Pipeline.WORKSPACE, Pipeline.WORKFLOW, run);
        Channel channel = Channel.commands(Pipeline.WORKSPACE, Pipeline.WORKFLOW);
        commands.add(
                new Event.Command(Header.of(channel, Instant.now(), about), id, verb, "because"));
        return id;
    }

    /** The states that answered a command, in order. */
    List<String> answers(String command) {
        return events(Event.Status.class).stream()
                .filter(s -> command.equals(s.command()))
                .map(s -> String.valueOf(s.state()))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        Header header = Header.of(Channel.session("s"), Instant.now(), Subject.NONE);
        Cursor start = new Cursor("e", 100);
        String carried = Channel.commands(Pipeline.WORKSPACE, Pipeline.WORKFLOW).name();
        send(exchange, "", new Event.SessionInit(header, "s", start, List.of(carried), 60_000));
        try {
            while (true) {
                Event.Command command = commands.take();
                send(exchange, "id: e-" + command.id().substring(1) + "\n", command);
            }
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, String id, Event event) throws IOException {
        String data = new String(EventCodec.encode(event), UTF_8);
        String frame = id + "event: " + event.kind() + "\ndata: " + data + "\n\n";
        exchange.getResponseBody().write(frame.getBytes(UTF_8));
        exchange.getResponseBody().flush();
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
