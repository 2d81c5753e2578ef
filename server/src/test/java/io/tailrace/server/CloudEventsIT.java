package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

class CloudEventsIT {

    private static final String[] STRUCTURED = {
        "Content-Type", "application/cloudevents+json; charset=utf-8"
    };
    private static final String[] BATCH = {"Content-Type", "application/cloudevents-batch+json"};

    private final TestGateway gateway = new TestGateway("--max-line=64KiB");

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/cloudevents", "/api/events"})
    void takesWhatTheSdkWritesInEitherWay(String path) throws Exception {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId("a 1")
                        .withSource(URI.create("/shop/orders"))
                        .withType("com.example.order.placed")
                        .withSubject("order 42")
                        .withTime(OffsetDateTime.parse("2026-11-21T10:00:00+01:00"))
                        .withExtension("workspace", "shop")
                        .withExtension("run", "r 1")
                        .withExtension("priority", 7)
                        .withData(
                                "application/json",
                                "{\"amount\":3,\"level\":\"warn\"}"
                                        .getBytes(StandardCharsets.UTF_8))
                        .build();
        assertThat(send(path, event, true).statusCode()).isEqualTo(200);
        assertThat(send(path, event, false).body()).contains("\"accepted\":1");

        var events = gateway.events("logs:shop:shop-orders");
        assertThat(events).hasSize(1); // the same source and id
        Event.Log log = (Event.Log) events.getFirst();
        assertThat(log.message()).isEqualTo("com.example.order.placed order 42");
        assertThat(log.level()).isEqualTo(Level.WARN);
        assertThat(log.logger()).isEqualTo("/shop/orders");
        assertThat(log.timestamp()).hasToString("2026-11-21T09:00:00Z");
        assertThat(log.subject().run()).isEqualTo("r 1");
        assertThat(log.header().fields())
                .containsEntry("id", "a 1")
                .containsEntry("type", "com.example.order.placed")
                .containsEntry("data", Map.of("amount", 3L, "level", "warn"))
                .containsKey("priority");
    }

    private HttpResponse<String> send(String path, CloudEvent event, boolean binary)
            throws Exception {
        HttpRequest.Builder request = gateway.request(path);
        var body = new AtomicReference<>(new byte[0]);
        MessageWriter<?, ?> writer = HttpMessageFactory.createWriter(request::header, body::set);
        if (binary) {
            writer.writeBinary(event);
        } else {
            writer.writeStructured(event, JsonFormat.CONTENT_TYPE);
        }
        return gateway.send(request.POST(BodyPublishers.ofByteArray(body.get())));
    }

    @Test
    void decodesHeadersOnce() throws Exception {
        HttpResponse<String> response =
                gateway.post(
                        "/api/cloudevents",
                        "lone \\ud800 surrogate",
                        "Content-Type",
                        "text/plain",
                        "CE-specversion",
                        "1.0",
                        "ce-id",
                        "\"Euro %E2%82%ac %2541 100% \\\"q\\\"\"",
                        "ce-source",
                        "s",
                        "ce-type",
                        "t");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(gateway.events("logs:default:s").getFirst().header().fields())
                .containsEntry("id", "Euro \u20ac %41 100% \"q\"");
    }

    @Test
    void takesBatchesAndSaysWhichEventIsWrong() throws Exception {
        String batch =
                """
                [{"specversion":"1.0","id":"1","source":"s","type":"t","data":"plain"},
                 {"specversion":"1.0","id":"2","source":"s"},
                 {"specversion":"1.0","id":"3","source":"s","type":"io.tailrace.metric","workspace":"w",
                  "data":{"name":"rows","value":5}},
                 {"specversion":"1.0","id":"4","source":"s","type":"io.tailrace.progress","workspace":"w","workflow":"f",
                  "run":"9","task":"load","time":"2026-11-21T10:00:00Z","data":{"progress":50}},
                 {"specversion":"1.0","id":"1","source":"s","type":"t","data":"again"},
                 17,
                 {"specversion":"1.0","id":"5","source":"s","type":"t","datacontenttype":"text/plain","data_base64":"aMOp"}]
                """;
        HttpResponse<String> response = gateway.post("/api/cloudevents?workflow=x", batch, BATCH);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"accepted\":5,")
                .contains("{\"line\":2,\"reason\":\"Attribute 'type' is missing")
                .contains("{\"line\":6,\"reason\":\"A CloudEvent must be a JSON object.")
                .contains("\"rejected_count\":2");
        assertThat(gateway.events("logs:default:x"))
                .extracting(e -> ((Event.Log) e).message())
                .containsExactly("plain", "h\u00e9");
        assertThat(((Event.Metric) gateway.events("metrics:w").getFirst()).value()).isEqualTo(5);
        assertThat(gateway.get("/api/runs/w/f/9").body()).contains("\"progress\":50");
        assertThat(gateway.post("/api/cloudevents", "[]", BATCH).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                                       | 400 | There is no event in the body
                    {"specversion":"0.3","id":"1","source":"s","type":"t"}   | 400 | must be '1.0'
                    {"specversion":"1.0","id":"1","source":"s","type":"t"} x | 400 | This is not valid JSON
                    {"specversion":"1.0","id":"1","source":"s","type":"t","time":"now"} | 400 | must be a time
                    {"specversion":"1.0","id":"1","source":"s","type":"t","x":[1]}      | 400 | Attribute 'x' must be
                    {"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"?"} | 400 | must be base64
                    {"specversion":"1.0","id":"1","source":"s","type":"io.tailrace.gap","data":{}} | 400 | Field 'from' is missing
                    {"specversion":"1.0","id":"1","source":"s","type":"io.tailrace.metric","data":{}} | 400 | Field 'name' is missing
                    """)
    void saysWhyAnEventIsNotTaken(String body, int status, String sentence) throws Exception {
        HttpResponse<String> response = gateway.post("/api/cloudevents", body, STRUCTURED);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(sentence);
    }

    @Test
    void refusesWhatIsNotACloudEvent() throws Exception {
        assertThat(gateway.post("/api/cloudevents", "{}").statusCode()).isEqualTo(415);
        assertThat(gateway.get("/api/cloudevents").statusCode()).isEqualTo(405);
        HttpResponse<String> binary =
                gateway.post(
                        "/api/cloudevents",
                        "x",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "%C0%A0",
                        "ce-source",
                        "s",
                        "ce-type",
                        "t");
        assertThat(binary.statusCode()).isEqualTo(400);
        assertThat(binary.body()).contains("Header 'ce-id' is not valid UTF-8.");
    }
}
