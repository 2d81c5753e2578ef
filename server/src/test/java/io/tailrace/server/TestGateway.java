package io.tailrace.server;

import io.tailrace.model.Event;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.settings.Settings;
import io.tailrace.wire.EventPage;
import io.tailrace.wire.PageCodec;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real gateway on a free port with a log in memory, and a client for it. */
final class TestGateway implements AutoCloseable {

    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");

    private final Gateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    TestGateway(String... options) {
        this(new MemoryEventLog(), options);
    }

    TestGateway(EventLog log, String... options) {
        this(Gateway.start(settings(options), log));
    }

    TestGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Settings of a gateway in that directory with these sources, without a self-check. */
    static Settings sources(Path directory, String sources) throws IOException {
        Path config = directory.resolve("gateway.conf");
        Files.writeString(config, "sources { " + sources + " }");
        return Settings.load(
                new String[] {
                    "--config=" + config,
                    "--port=0",
                    "--self-check=0s",
                    "--data=" + directory.resolve("store")
                },
                Map.of());
    }

    private static Settings settings(String... options) {
        List<String> all =
                new ArrayList<>(List.of("--store=memory", "--port=0", "--self-check=0s"));
        all.addAll(List.of(options));
        return Settings.load(all.toArray(String[]::new), Map.of());
    }

    int port() {
        return gateway.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Publishes lines of text; gives the cursor of the last one. */
    String lines(String channel, String... lines) throws IOException, InterruptedException {
        HttpResponse<String> response =
                post("/api/channels/" + channel + "/events", String.join("\n", lines));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.body());
        }
        return cursor(response.body());
    }

    /** All events of a channel; each of them can be read. */
    List<Event> events(String channel) throws IOException, InterruptedException {
        List<Event> events = new ArrayList<>();
        String path = "/api/channels/" + channel + "/events?limit=1000";
        String after = "";
        while (true) {
            HttpResponse<String> response = get(path + after);
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body());
            }
            EventPage page = PageCodec.events(response.body().getBytes(StandardCharsets.UTF_8));
            if (page.entries().isEmpty()) {
                return events;
            }
            page.entries().forEach(entry -> events.add(entry.event()));
            after = "&after=" + page.next();
        }
    }

    static String cursor(String reply) {
        Matcher matcher = CURSOR.matcher(reply);
        if (!matcher.find()) {
            throw new AssertionError(reply);
        }
        return matcher.group(1);
    }

    /** Opens a stream; the query begins with {@code channels=}. */
    TestStream stream(String query) throws IOException, InterruptedException {
        return TestStream.open(http, request("/api/sse/session/test?" + query));
    }

    TestStream resume(String query, String lastEventId) throws IOException, InterruptedException {
        return TestStream.open(
                http,
                request("/api/sse/session/test?" + query).header("Last-Event-ID", lastEventId));
    }

    void stop() {
        gateway.close();
    }

    @Override
    public void close() {
        gateway.close();
        http.shutdownNow();
    }
}
