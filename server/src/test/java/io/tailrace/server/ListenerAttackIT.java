package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What clients do that mean no good, or do not know better. */
class ListenerAttackIT {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway =
                new TestGateway(
                        "--header-timeout=1s",
                        "--body-timeout=1s",
                        "--idle-timeout=2s",
                        "--access-log=on",
                        "--max-body=64KiB",
                        "--max-line=4KiB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void hangsUpOnWhoNeverFinishesAHeader() throws Exception {
        try (RawClient silent = new RawClient(gateway.port());
                RawClient slow = new RawClient(gateway.port())) {
            slow.send("GET /api/runs HTTP/1.1", "Host: localhost");

            assertThat(silent.readToEnd()).isEmpty();
            assertThat(slow.readToEnd()).doesNotContain(" 200 ");
            assertThat(metric("tailrace_limit_hits_total{limit=\"header_timeout\"}"))
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void hangsUpOnIdleConnectionsAndOnTheSecondHeaderThatIsNeverFinished() throws Exception {
        try (RawClient idle = new RawClient(gateway.port());
                RawClient slow = new RawClient(gateway.port())) {
            idle.send("GET /health/live HTTP/1.1", "Host: localhost", "");
            slow.send("GET /health/live HTTP/1.1", "Host: localhost", "", "GET /health/li");

            assertThat(idle.readToEnd()).endsWith("alive\n");
            assertThat(slow.readToEnd()).contains("alive\n");
        }
    }

    @Test
    void hangsUpOnBodiesThatAreReadAsAWholeAndTrickle() throws Exception {
        try (RawClient question = new RawClient(gateway.port());
                RawClient array = new RawClient(gateway.port());
                RawClient lines = new RawClient(gateway.port())) {
            question.send(
                    "POST /api/chat/question HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 100",
                    "",
                    "{");
            array.send(
                    "POST /api/events HTTP/1.1", "Host: localhost", "Content-Length: 100", "", "[");
            lines.send(
                    "PUT /api/channels/logs:a:b/events HTTP/1.1",
                    "Host: localhost",
                    "Transfer-Encoding: chunked",
                    "");
            lines.chunk("one\n");

            assertThat(question.readToEnd()).doesNotContain(" 200 ", " 202 ");
            assertThat(array.readToEnd()).doesNotContain(" 200 ");
            lines.chunk("two\n").send("0", "");
            assertThat(lines.readUntil("\"accepted\":2")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0000\u0000\u0000\u0000\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:port\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
                "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9x\r\n\r\n",
                "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "\r\nzz\r\n",
            })
    void refusesGarbageWithoutATraceOfItInTheLog(String garbage) throws Exception {
        try (var traces = new LoggedTraces();
                RawClient client = new RawClient(gateway.port())) {
            client.bytes(garbage.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(client.readToEnd()).doesNotContain(" 200 ", "Exception", "\tat ");
            assertThat(traces.all()).isEmpty();
        }
        assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET /%s HTTP/1.1~Host: localhost~~        | 414 | at most 4 KiB
                    GET / HTTP/1.1~Host: localhost~X: %s~~    | 400 | at most 16 KiB in all
                    GET~~                                     | 400 | send one well-formed line
                    GET / HTTP/1.1~~                          | 400 | Host header must be present
                    GET / HTTP/1.0~~                          | 505 | speaks HTTP/1.1
                    GET /trc_secret /x HTTP/9~~               | 400 | send one well-formed line
                    """)
    void saysWhatIsWrongWithARequestThatHasNoRouteCountsAndLogsIt(
            String request, int status, String sentence) throws Exception {
        double before = metric("tailrace_http_requests_total");
        try (var lines = new LoggedLines("tailrace.access");
                RawClient client = new RawClient(gateway.port())) {
            String text = request.formatted("x".repeat(20_000)).replace("~", "\r\n");
            client.bytes(text.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json", sentence);
            assertThat(lines.all())
                    .filteredOn(line -> line.endsWith(" end=refused"))
                    .singleElement()
                    .asString()
                    .startsWith("remote=127.0.0.1 caller=- method=")
                    .contains(" status=" + status + " ")
                    .doesNotContain("trc_secret");
        }
        // the two requests for metrics are counted when they have ended
        assertThat(metric("tailrace_http_requests_total")).isEqualTo(before + 2);
    }

    @Test
    void countsAndLogsARequestOnceThatBreaksOffInItsBody() throws Exception {
        try (var lines = new LoggedLines("tailrace.access");
                RawClient client = new RawClient(gateway.port())) {
            client.send(
                    "POST /api/events HTTP/1.1",
                    "Host: localhost",
                    "Transfer-Encoding: chunked",
                    "",
                    "zz");
            client.readToEnd();
            await().until(() -> lines.all().stream().anyMatch(l -> l.contains("POST")));
            assertThat(lines.all()).filteredOn(l -> l.contains("POST")).hasSize(1);
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        String much = "x".repeat(70_000);

        assertThat(raw("GET /" + much + " HTTP/1.1", "Host: localhost", ""))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw("GET / HTTP/1.1", "Host: localhost", "X: " + much, ""))
                .containsPattern("^HTTP/1.1 4(00|13|31) ");
        assertThat(gateway.post("/api/events", "[" + much).statusCode()).isEqualTo(413);
        assertThat(gateway.post("/api/channels/logs:a:b/events", much).body())
                .contains("more than 4,096 bytes");
        assertThat(gateway.post("/api/commands", much).statusCode()).isEqualTo(413);
    }

    /** The server reads a chunk as a whole, so somebody else must see how large it gets. */
    @Test
    void refusesAChunkThatIsTooLargeToBeReadAsAWhole() throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(
                    "PUT /api/channels/logs:a:b/events HTTP/1.1",
                    "Host: localhost",
                    "Transfer-Encoding: chunked",
                    "",
                    "7fffffff");
            byte[] part = new byte[1 << 20];
            int sent = 0;
            try {
                while (sent < 64) {
                    client.bytes(part);
                    sent++;
                }
            } catch (IOException e) {
                // it hung up
            }

            assertThat(sent).isLessThan(64);
        }
    }

    @Test
    void unzipsOnlySoMuch() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            zip.write('[');
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 64; i++) {
                zip.write(blanks);
            }
        }
        var request =
                gateway.request("/api/events")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(bomb.toByteArray()));

        assertThat(gateway.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() throws Exception {
        for (String path :
                new String[] {
                    "/",
                    "/health/live",
                    "/health/ready",
                    "/metrics",
                    "/api/status",
                    "/api/channels",
                    "/api/runs",
                    "/api/sessions",
                    "/api/access/grants"
                }) {
            String answer =
                    raw("HEAD " + path + " HTTP/1.1", "Host: localhost", "Connection: close", "");

            assertThat(answer).as(path).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(answer).containsPattern("(?i)content-length: [1-9]");
        }
    }

    @Test
    void doesNotLetAHeaderOrAChannelForgeALineOfTheAnswerOrOfTheStream() throws Exception {
        String answer =
                raw(
                        "GET /api/sse/session/a%0d%0aX-Forged:1?channels=logs:* HTTP/1.1",
                        "Host: localhost", "Connection: close", "");
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("\nX-Forged");

        try (TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            gateway.post(
                    "/api/events",
                    "{\"channel\":\"logs:a:b\",\"message\":\"a\\nid: 1\\n\\nevent: forged\\ndata:"
                            + " x\"}");
            assertThat(stream.messages(1)).containsExactly("a\nid: 1\n\nevent: forged\ndata: x");
        }
    }

    private static String raw(String... lines) throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(lines);
            return client.readToEnd();
        }
    }

    private static double metric(String name) throws Exception {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
