package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.settings.Settings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class GatewayIT {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway("--cors-origins=https://console.example");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    GET    | /nothing/here          | 404 | There is nothing at
                    DELETE | /api/events            | 405 | DELETE does not go here: use GET, POST.
                    GET    | /api/events            | 400 | Parameter 'channels' is missing
                    PATCH  | /api/channels/logs:a:b/events | 405 | use GET, HEAD, POST, PUT.
                    POST   | /metrics               | 405 | use GET, HEAD.
                    GET    | /api/runs?status=odd   | 400 | 'status' must be one of
                    GET    | /api/runs/none         | 404 | There is no run 'none'
                    GET    | /api/channels/odd/events | 400 | must start with one of
                    GET    | /api/channels/logs:a:b/events?limit=0 | 400 | Parameter 'limit'
                    GET    | /api/channels/logs:a:b/events?after=x-1 | 410 | another life of the log
                    POST   | /api/channels/odd/events | 400 | must start with one of
                    POST   | /api/commands          | 400 | not valid JSON
                    POST   | /api/chat/question     | 400 | not valid JSON
                    """)
    void answersProblemsAsProblems(String method, String path, int status, String sentence)
            throws Exception {
        HttpResponse<String> response =
                gateway.send(gateway.request(path).method(method, BodyPublishers.ofString("{")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body())
                .contains("\"status\":" + status)
                .contains(sentence)
                .doesNotContain("Exception");
    }

    @Test
    void refusesMediaTypesItDoesNotKnow() throws Exception {
        HttpResponse<String> response =
                gateway.post("/api/events", "<xml/>", "Content-Type", "application/xml");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("instead of 'application/xml'");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000,true",
        "https://127.0.0.1,true",
        "http://[::1]:9,true",
        "https://console.example,true",
        "https://evil.example,false",
        "http://localhost.evil.example,false",
        "null,false"
    })
    void letsOnlyKnownPagesWriteAndRead(String origin, boolean allowed) throws Exception {
        HttpResponse<String> write =
                gateway.post(
                        "/api/events",
                        "{\"channel\":\"logs:a:b\",\"message\":\"x\"}",
                        "Origin",
                        origin);
        HttpResponse<String> read =
                gateway.send(gateway.request("/api/runs").header("Origin", origin));
        HttpResponse<String> asked =
                gateway.send(
                        gateway.request("/api/events")
                                .header("Origin", origin)
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(write.statusCode()).isEqualTo(allowed ? 200 : 403);
        for (HttpResponse<String> response : List.of(write, read, asked)) {
            assertThat(response.headers().firstValue("access-control-allow-origin").orElse(""))
                    .isEqualTo(allowed ? origin : "");
        }
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("access-control-allow-methods").isPresent())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200",
        "LOCALHOST:1,200",
        "[::1]:80,200",
        "127.0.0.5,200",
        "evil.example,403",
        "127.0.0.1.evil.example,403"
    })
    void answersOnlyToItsOwnNames(String host, int status) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send("GET /api/runs HTTP/1.1", "Host: " + host, "Connection: close", "");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void closesTheConnectionWhenAskedAlsoAfterAProblemAndAfterHead() throws Exception {
        for (String request : new String[] {"GET /health/live", "GET /no", "HEAD /health/live"}) {
            try (RawClient client = new RawClient(gateway.port())) {
                client.send(request + " HTTP/1.1", "Host: localhost", "Connection: close", "");

                assertThat(client.readToEnd()).startsWith("HTTP/1.1 ");
            }
        }
    }

    @Test
    void answersHeadWithoutABodySoThatTheNextRequestWorks() throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send("HEAD /health/live HTTP/1.1", "Host: localhost", "");
            client.readUntil("\r\n\r\n");
            client.send("GET /health/live HTTP/1.1", "Host: localhost", "Connection: close", "");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("alive\n");
        }
    }

    @Test
    void tellsWhatItIsAndHowItIs() throws Exception {
        gateway.lines("logs:look:here", "one", "two");

        assertThat(gateway.get("/").body()).contains("curl");
        assertThat(gateway.get("/health/live").body()).isEqualTo("alive\n");
        assertThat(gateway.get("/health/ready").body()).isEqualTo("ready\n");
        assertThat(gateway.get("/metrics").body())
                .contains("tailrace_events_published_total", "tailrace_append_seconds_bucket")
                .contains("tailrace_sessions_open", "tailrace_position_newest", "jvm_memory");
        assertThat(gateway.get("/api/channels").body())
                .contains("{\"channel\":\"logs:look:here\",\"events\":2,");
    }

    @Test
    void givesPagesToThoseWhoCannotStream() throws Exception {
        String cursor = gateway.lines("logs:page:x", "1", "2", "3");
        HttpResponse<String> page = gateway.get("/api/channels/logs:page:x/events?limit=2");
        String next = page.body().replaceAll(".*\"next\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> rest =
                gateway.get("/api/channels/logs:page:x/events?limit=2&after=" + next);

        HttpResponse<String> beyond =
                gateway.get("/api/channels/logs:page:x/events?after=" + cursor + "00");

        assertThat(page.body()).contains("\"message\":\"1\"", "\"message\":\"2\"");
        assertThat(beyond.statusCode()).isEqualTo(410);
        assertThat(beyond.body()).contains("lies behind the end of the log");
        assertThat(rest.body())
                .contains("\"message\":\"3\"", "{\"cursor\":\"" + cursor + "\",\"event\":{")
                .doesNotContain("\"message\":\"2\"");
    }

    @Test
    void givesTheNewestEntriesBeforeOneToThoseWhoReadBackwards() throws Exception {
        String last = gateway.lines("logs:page:back", "1", "2", "3", "4");
        String path = "/api/channels/logs:page:back/events?limit=2&before=";
        HttpResponse<String> page = gateway.get(path + last);
        String first = page.body().replaceAll("^.*?\"cursor\":\"([^\"]+)\".*$", "$1");
        HttpResponse<String> older = gateway.get(path + first);
        String oldest = older.body().replaceAll("^.*?\"cursor\":\"([^\"]+)\".*$", "$1");

        assertThat(page.body())
                .contains("\"message\":\"2\"", "\"message\":\"3\"")
                .doesNotContain("\"message\":\"1\"", "\"message\":\"4\"");
        assertThat(older.body()).contains("\"message\":\"1\"").doesNotContain("\"message\":\"2\"");
        assertThat(gateway.get(path + oldest).body()).startsWith("{\"events\":[],");
        assertThat(gateway.get(path + last + "&after=" + first).statusCode()).isEqualTo(400);
        assertThat(gateway.get(path + "x-1").statusCode()).isEqualTo(410);
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() {
        var settings =
                Settings.load(
                        new String[] {"--store=memory", "--port=" + gateway.port()}, Map.of());

        assertThatThrownBy(() -> Gateway.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "Cannot listen on 127.0.0.1 port %d: Address already in use. Stop what uses it,"
                                        .formatted(gateway.port())
                                + " or choose another with --port.");
    }

    @Test
    void keepsEventsOverARestart(@TempDir Path data) throws Exception {
        String[] options = {"--port=0", "--data=" + data, "--sync=false"};
        Settings settings = Settings.load(options, Map.of());
        String cursor;
        try (var first = new TestGateway(Gateway.start(settings))) {
            cursor = first.lines("logs:a:b", "before");
        }
        try (var second = new TestGateway(Gateway.start(settings))) {
            second.lines("logs:a:b", "after");
            try (TestStream stream = second.resume("channels=logs:a:b", cursor)) {
                assertThat(stream.messages(1)).containsExactly("after");
            }
        }
    }
}
