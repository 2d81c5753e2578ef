package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small faults that publishers and readers make, and what they are told. */
class IngestFaultsIT {

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n", "-1\r\nabc\r\n"})
    void aBrokenChunkIsToldAndEndsTheConnection(String chunk) throws Exception {
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                            "PUT /api/channels/logs:a:b/events HTTP/1.1",
                            "Host: localhost",
                            "Transfer-Encoding: chunked",
                            "")
                    .chunk("one\n")
                    .bytes(chunk.getBytes(StandardCharsets.US_ASCII));
            assertThat(pipe.readToEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close", "problem+json", "chunk")
                    .contains("\"accepted\":");
        }
        assertThat(gateway.events("logs:a:b")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /api/events?kinds=log                    | 'kinds'      | workspace, workflow
                    POST | /api/channels/logs:a:b/events?rum=1      | 'rum'        | run, task
                    GET  | /api/channels/logs:a:b/events?eventTypes=log | 'eventTypes' | after, before
                    GET  | /api/events?channels=logs:*&kind=log     | 'kind'       | channels, after
                    GET  | /api/sse/session/x?channels=logs:*&last=1 | 'last'      | channels, after
                    GET  | /api/runs?state=failed                   | 'state'      | status, limit
                    GET  | /api/dead-letters?principal=x            | 'principal'  | after, limit
                    DELETE | /api/dead-letters?principal=x          | 'principal'  | there are none
                    """)
    void anUnknownParameterIsNamed(String method, String path, String unknown, String known)
            throws Exception {
        var response =
                gateway.send(gateway.request(path).method(method, BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(unknown, known, "is not known here");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/channels/logs:a:b/events?run=a&run=b, text/plain",
        "/api/events?task=x&run=a&run=a, application/x-ndjson",
        "/api/events?run=a&run=, application/cloudevents+json"
    })
    void aParameterThatIsThereTwiceIsRefused(String path, String type) throws Exception {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}";
        var response = gateway.post(path, event, "Content-Type", type);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Parameter 'run' is there 2 times: send it once.");
    }

    @Test
    void clientsOfOtherDialectsMaySayWhatTheyLike() throws Exception {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}";
        assertThat(
                        gateway.post(
                                        "/api/events?x=1",
                                        event,
                                        "Content-Type",
                                        "application/cloudevents+json")
                                .statusCode())
                .isEqualTo(200);
        assertThat(
                        gateway.post("/v1/logs?x=1", "{}", "Content-Type", "application/json")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutParsingEveryLineIsKeptAsItIs() throws Exception {
        String ours = "{\"kind\":\"log\",\"message\":\"mine\",\"level\":\"ERROR\"}";
        gateway.post("/api/channels/logs:a:b/events?parse=off", ours + "\n2026-01-01 ERROR x");
        gateway.post("/api/channels/logs:a:b/events?parse=auto", ours);
        gateway.post(
                "/api/channels/logs:a:b/events?parse=off",
                ours,
                "Content-Type",
                "application/x-ndjson");
        List<Event> events = gateway.events("logs:a:b");
        assertThat(events.stream().map(e -> ((Event.Log) e).message()))
                .containsExactly(ours, "2026-01-01 ERROR x", "mine", "mine");
        assertThat(gateway.post("/api/channels/logs:a:b/events?parse=on", ours).body())
                .contains("Parameter 'parse' must be auto or off.");
    }

    @Test
    void aLogOfDbtThatComesInPiecesIsOneStory() throws Exception {
        for (String node : List.of("a", "b", "c", "d")) {
            gateway.post("/api/channels/logs:shop:dbt/events", finished(node));
        }
        List<Event> runs = gateway.events("runs:shop:dbt");
        assertThat(runs.stream().filter(Event.WorkflowStarted.class::isInstance)).hasSize(1);
        assertThat(
                        runs.stream()
                                .filter(Event.WorkflowProgress.class::isInstance)
                                .map(e -> ((Event.WorkflowProgress) e).progress()))
                .containsExactly(25.0, 50.0, 75.0, 100.0);
    }

    private static String finished(String node) {
        return """
        {"info":{"name":"NodeFinished","code":"Q025","level":"info","msg":"done",\
        "ts":"2026-11-21T10:00:00Z","invocation_id":"i1","category":"","extra":{},"pid":1,\
        "thread":"t"},"data":{"total":4,"node_info":{"unique_id":"model.%s","node_name":"%s",\
        "node_status":"success"},"run_result":{"status":"success","execution_time":1.0}}}\
        """
                .formatted(node, node);
    }

    @ParameterizedTest
    @CsvSource({
        "logs:acme*,logs:acme:*",
        "metrics:a:b*,metrics:acme*",
        "*:*:*:x*,matches no channel"
    })
    void aPatternThatMatchesNothingIsRefused(String pattern, String hint) throws Exception {
        var response = gateway.get("/api/events?channels=" + pattern);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(pattern, hint);
        assertThat(gateway.get("/api/events?channels=logs:acme:*,*,*:acme,logs:*").statusCode())
                .isEqualTo(200);
    }
}
