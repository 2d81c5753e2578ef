package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class IngestIT {

    private static final String LINES = "/api/channels/logs:a:b/events";
    private static final String[] NDJSON = {"Content-Type", "application/x-ndjson"};

    private final FlakyLog log = new FlakyLog();
    private final TestGateway gateway = new TestGateway(log, "--max-line=64KiB", "--max-body=1MiB");

    @AfterEach
    void close() {
        log.full = false;
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"channel":"logs:a:b","message":"one"}                        | 1
                    [{"channel":"logs:a:b","message":"1"}, {"channel":"logs:a:c","message":"2"}] | 2
                    {"channel":"logs:a:b","message":"1"}~{"channel":"logs:a:c","message":"2"}~~   | 2
                    {~ "channel": "logs:a:b",~ "message": "over several lines"~}  | 1
                    {"workspace":"a","workflow":"b","kind":"unheard_of","x":[1]}  | 1
                    {"channel":"metrics:a","name":"rows","value":3}               | 1
                    """)
    void takesAnObjectAnArrayOrLines(String body, int events) throws Exception {
        HttpResponse<String> response = gateway.post("/api/events", body.replace('~', '\n'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"accepted\":" + events + ",\"rejected\":[],")
                .contains("\"cursor\":\"" + log.epoch() + "-" + events + "\"");
        assertThat(log.newest()).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                        | There is no event in the body
                    {"channel":"logs:a:b"}                    | Field 'message' is missing
                    {"channel":"logs:a:b","message":          | This is not valid JSON
                    {"message":"where to?"}                   | Field 'channel' is missing
                    {"channel":"nonsense","message":"x"}      | must start with one of
                    {"channel":"session:x","kind":"gap"}      | Field 'from' is missing
                    {"channel":"session:x","kind":"heartbeat","cursor":"e-1"} | is the gateway's own word
                    [{"channel":"logs:a:b","message":"x"},]   | The array is not valid JSON
                    [1]                                       | An event must be a JSON object
                    just text                                 | This is not valid JSON
                    """)
    void saysWhyNothingWasTaken(String body, String sentence) throws Exception {
        HttpResponse<String> response = gateway.post("/api/events", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(sentence);
        assertThat(log.newest()).isZero();
    }

    @Test
    void oneBadLineDoesNotFailTheRest() throws Exception {
        String body =
                """
                {"message":"1"}
                {"message":
                {"message":"3"}
                {"kind":"snapshot","cursor":"e-1"}
                """
                        + "{\"message\":\""
                        + "x".repeat(10 << 20)
                        + "\"}\n{\"message\":\"6\"}";
        HttpResponse<String> response = gateway.post(LINES, body, NDJSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"accepted\":3,")
                .contains("{\"line\":2,\"reason\":\"This is not valid JSON")
                .contains("{\"line\":4,\"reason\":\"Kind 'snapshot' is the gateway's own word")
                .contains("{\"line\":5,\"reason\":\"This line has more than 65,536 bytes")
                .contains("\"rejected_count\":3");
    }

    @Test
    void countsAllRejectedLinesButListsOnlyTheFirstHundred() throws Exception {
        HttpResponse<String> response = gateway.post(LINES, "nonsense\n".repeat(500), NDJSON);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("\"rejected_count\":500", "\"line\":100,", "\"accepted\":0")
                .doesNotContain("\"line\":101,");
    }

    @Test
    void keepsLinesOfTextAsTheyAreAndEventsAmongThem() throws Exception {
        String body =
                "\u001b[31mred\u001b[0m\r\n\n"
                        + "{not json}\n"
                        + "{\"message\":\"an event\",\"level\":\"warn\"}\n"
                        + "end";
        try (TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            gateway.post(LINES + "?run=42&task=load&level=ERROR&logger=etl", body);

            var events = stream.entries(5).stream().map(e -> EventCodec.decode(e.data())).toList();
            assertThat(events)
                    .allSatisfy(event -> {
                        assertThat(event.subject().run()).isEqualTo("42");
                        assertThat(event.subject().task()).isEqualTo("load");
                    })
                    .extracting(event -> ((Event.Log) event).message())
                    .containsExactly("\u001b[31mred\u001b[0m", "", "{not json}", "an event", "end");
            assertThat(events)
                    .extracting(event -> ((Event.Log) event).level().name())
                    .containsExactly("ERROR", "ERROR", "ERROR", "WARN", "ERROR");
        }
    }

    @Test
    void replacesBytesThatAreNotUtf8AndSaysSo() throws Exception {
        byte[] body = "caf\u00e9 ok\nbro".getBytes(StandardCharsets.UTF_8);
        byte[] broken = Arrays.copyOf(body, body.length + 1);
        broken[body.length] = (byte) 0xC3;
        try (TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            gateway.send(gateway.request(LINES).POST(BodyPublishers.ofByteArray(broken)));

            var entries = stream.entries(2);
            assertThat(TestStream.message(entries.getFirst())).isEqualTo("caf\u00e9 ok");
            assertThat(TestStream.message(entries.getLast())).isEqualTo("bro\uFFFD");
            assertThat(entries.getFirst().text()).doesNotContain("invalid_utf8");
            assertThat(entries.getLast().text()).contains("\"invalid_utf8\":true");
        }
    }

    @Test
    void showsLinesOfALivePipeWhileItIsOpen() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:*");
                RawClient pipe = new RawClient(gateway.port())) {
            stream.next("session_init");
            pipe.put(LINES);
            for (int i = 0; i < 5; i++) {
                pipe.chunk("half of " + i);
                pipe.chunk(", all of " + i + "\n");
                assertThat(stream.messages(1)).containsExactly("half of " + i + ", all of " + i);
            }
            pipe.chunk("no line end").send("0", "");

            assertThat(stream.messages(1)).containsExactly("no line end");
            assertThat(pipe.readUntil("\"cursor\"")).contains("{\"accepted\":6,");
        }
    }

    @Test
    void keepsWhatAPipeSentBeforeItBroke() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            try (RawClient pipe = new RawClient(gateway.port())) {
                pipe.put(LINES);
                pipe.chunk("whole\nhal");
            }
            assertThat(stream.messages(1)).containsExactly("whole");
            gateway.lines("logs:a:b", "next");
            assertThat(stream.messages(1)).containsExactly("next");
        }
    }

    @Test
    void storesARetriedRequestOnceAndGivesTheSameReply() throws Exception {
        String body = "{\"message\":\"1\"}\nnonsense\n{\"message\":\"3\"}\n";
        String[] headers = {"Idempotency-Key", "batch-7", "Content-Type", "application/x-ndjson"};
        HttpResponse<String> first = gateway.post(LINES, body, headers);
        gateway.lines("logs:a:b", "something else");
        HttpResponse<String> again = gateway.post(LINES, body, headers);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).startsWith("{\"accepted\":2,").contains("\"line\":2");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(log.newest()).isEqualTo(3);
    }

    /** Answering as if the second body were stored would lose it. */
    @Test
    void refusesAKeyThatCameBeforeWithSomethingElse() throws Exception {
        String[] key = {"Idempotency-Key", "mine"};
        gateway.post(LINES, "first", key);
        HttpResponse<String> body = gateway.post(LINES, "second", key);
        HttpResponse<String> place = gateway.post("/api/channels/logs:a:c/events", "first", key);

        assertThat(List.of(body, place))
                .allSatisfy(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(422);
                    assertThat(refused.body()).contains("use a new key for new events");
                });
        assertThat(log.newest()).isEqualTo(1);
    }

    @Test
    void saysWhatWasStoredBeforeTheBodyBroke() throws Exception {
        byte[] zipped = gzip("a line\n".repeat(100_000));
        var half = BodyPublishers.ofByteArray(Arrays.copyOf(zipped, zipped.length / 2));
        HttpResponse<String> response =
                gateway.send(gateway.request(LINES).header("Content-Encoding", "gzip").POST(half));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(log.newest()).isPositive();
        assertThat(response.body())
                .contains("The body is not valid gzip.", "\"accepted\":" + log.newest() + ",");
    }

    @Test
    void boundsRequestsThatHaveToBeTakenAsAWhole() throws Exception {
        String[] key = {"Idempotency-Key", "k"};
        assertThat(gateway.post(LINES, "x\n".repeat(10_001), key).statusCode()).isEqualTo(413);
        assertThat(gateway.post(LINES, "x".repeat(1 << 20) + "\n", key).statusCode())
                .isEqualTo(413);
        HttpResponse<String> array = gateway.post("/api/events", "[" + " ".repeat(1 << 20));
        assertThat(array.statusCode()).isEqualTo(413);
        assertThat(array.body()).contains("The body has more than 1,048,576 bytes");
        assertThat(log.newest()).isZero();
    }

    @Test
    void unzipsCompressedBodies() throws Exception {
        byte[] zipped = gzip("{\"channel\":\"logs:a:b\",\"message\":\"small\"}\n".repeat(1_000));
        HttpResponse<String> response =
                gateway.send(
                        gateway.request("/api/events")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped)));
        assertThat(response.body()).startsWith("{\"accepted\":1000,");

        HttpResponse<String> broken = gateway.post("/api/events", "{}", "Content-Encoding", "gzip");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("The body is not valid gzip.");

        HttpResponse<String> other = gateway.post("/api/events", "{}", "Content-Encoding", "br");
        assertThat(other.statusCode()).isEqualTo(415);
        assertThat(other.headers().firstValue("content-type")).contains("application/problem+json");
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void saysWhatWasStoredBeforeTheLogRefused() throws Exception {
        try (RawClient pipe = new RawClient(gateway.port());
                TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            pipe.put(LINES);
            pipe.chunk("stored\n");
            SseEvent stored = stream.entries(1).getFirst();
            log.full = true;
            pipe.chunk("lost\n");
            while (log.appends < 2) {
                Thread.onSpinWait();
            }
            pipe.chunk("next\n").send("0", "");

            assertThat(pipe.readToEnd())
                    .contains("503", "Retry-After", "The disk is full", "\"accepted\":1,")
                    .contains("\"cursor\":\"" + stored.id() + "\"");
        }
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
        HttpResponse<String> refused = gateway.post(LINES, "lost too");
        assertThat(refused.statusCode()).isEqualTo(503);

        log.full = false;
        await().until(() -> gateway.get("/health/ready").statusCode() == 200);
        assertThat(gateway.post(LINES, "kept").statusCode()).isEqualTo(200);
    }
}
