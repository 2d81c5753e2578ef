package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tailrace.model.Event;
import io.tailrace.server.broker.FlakyLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class OtlpAnswersIT {

    private static final String[] JSON = {"Content-Type", "application/json"};

    private final FlakyLog log = new FlakyLog();
    private final TestGateway gateway = new TestGateway(log, "--max-line=64KiB");

    @AfterEach
    void close() {
        log.full = false;
        gateway.close();
    }

    @Test
    void answersProtobufInProtobufAlsoWhenZipped() throws Exception {
        byte[] request = request("one", "x".repeat(70_000), "three").toByteArray();
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(request);
        }
        HttpResponse<byte[]> response =
                gateway.bytes(
                        gateway.request("/v1/logs")
                                .header("Content-Type", "application/x-protobuf")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/x-protobuf");
        var partial = ExportLogsServiceResponse.parseFrom(response.body()).getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("more than 65,536 bytes");
        assertThat(gateway.events("logs:default:unknown"))
                .extracting(e -> ((Event.Log) e).message())
                .containsExactly("one", "three");
    }

    static ExportLogsServiceRequest request(String... messages) {
        var scope = ScopeLogs.newBuilder();
        for (String message : messages) {
            var record = LogRecord.newBuilder();
            record.getBodyBuilder().setStringValue(message);
            scope.addLogRecords(record);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"resourceLogs":                           | Its JSON is broken
                    []                                         | must be an object
                    {} {}                                      | Something follows
                    {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}, | Its JSON is broken
                    {"resourceLogs":[{"scopeLogs":[{"scope":{"name":{}}}]}]} | Field 'name' must be a text
                    {"resourceLogs":7}                         | Field 'resourceLogs' must be an object
                    """)
    void saysInAStatusWhyNothingWasTaken(String body, String sentence) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/logs", body, JSON);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body()).startsWith("{\"code\":3,\"message\":\"").contains(sentence);
        assertThat(log.newest()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"timeUnixNano":"soon"}                   | Field 'timeUnixNano' must be a whole number
                    {"body":{"bytesValue":"?"}}               | Field 'bytesValue' must be a text in base64
                    {"body":{"kvlistValue":{"values":[{"key":"k","value":[[{}]]}]}},"traceId":"x"} | Field 'value' must be an object
                    {"severityNumber":{"a":[1,{}]},"body":{}} | Field 'severityNumber' must be a whole number
                    {"severityText":{},"body":{}}             | must be a text
                    {"attributes":[{"key":"k","value":7}]}    | Field 'value' must be an object
                    7                                         | Field 'logRecords' must be an object
                    [[]]                                      | Field 'logRecords' must be an object
                    """)
    void aRecordThatHasAWrongTypeHarmsNoOther(String record, String sentence) throws Exception {
        String good = "{\"body\":{\"stringValue\":\"%s\"}}";
        String records = good.formatted("before") + "," + record + "," + good.formatted("after");
        HttpResponse<String> response =
                gateway.post(
                        "/v1/logs",
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
                                + records
                                + "]}],\"resource\":{}}]}",
                        JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejectedLogRecords\":\"1\"", sentence);
        assertThat(gateway.events("logs:default:unknown"))
                .extracting(e -> ((Event.Log) e).message())
                .containsExactly("before", "after");
    }

    @Test
    void aMeasurementThatHasAWrongTypeHarmsNoOther() throws Exception {
        HttpResponse<String> response =
                gateway.post(
                        "/v1/metrics",
                        """
                        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"rows","sum":{"dataPoints":[
                          {"asInt":"1"},{"asInt":"many","attributes":[]},{"asInt":"3"}]}}]}]}]}
                        """,
                        JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejectedDataPoints\":\"1\"", "asInt");
        assertThat(gateway.events("metrics:default"))
                .extracting(e -> ((Event.Metric) e).value())
                .containsExactly(1.0, 3.0);
    }

    @Test
    void emptyRequestsAreASuccess() throws Exception {
        for (String path : List.of("/v1/logs", "/v1/metrics", "/v1/traces")) {
            HttpResponse<String> protobuf =
                    gateway.post(path, "", "Content-Type", "application/x-protobuf");
            assertThat(protobuf.statusCode()).isEqualTo(200);
            assertThat(protobuf.body()).isEmpty();
            assertThat(gateway.post(path, "{}", JSON).body()).isEqualTo("{}");
        }
        assertThat(gateway.get("/v1/logs").statusCode()).isEqualTo(405);
        assertThat(gateway.post("/v1/logs", "x", "Content-Type", "text/plain").body())
                .contains("Send application/x-protobuf or application/json");
    }

    @Test
    void asksToSendAgainWhenTheLogRefuses() throws Exception {
        log.full = true;
        HttpResponse<byte[]> response =
                gateway.bytes(
                        gateway.request("/v1/logs")
                                .header("Content-Type", "application/x-protobuf")
                                .POST(BodyPublishers.ofByteArray(request("x").toByteArray())));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .startsWith("\u0008\u000e\u0012") // code 14, message
                .contains("The disk is full");
    }

    @Test
    void boundsWhatABodyUnfoldsInto() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(new byte[(64 << 20) + 1]);
        }
        HttpResponse<byte[]> large =
                gateway.bytes(
                        gateway.request("/v1/logs")
                                .header("Content-Type", "application/x-protobuf")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));
        assertThat(large.statusCode()).isEqualTo(413);

        byte[] empty = new byte[8 << 20];
        for (int i = 0; i < empty.length; i += 2) {
            empty[i] = 0x0a; // resource_logs, of no length
        }
        var many =
                gateway.bytes(
                        gateway.request("/v1/logs")
                                .header("Content-Type", "application/x-protobuf")
                                .POST(BodyPublishers.ofByteArray(empty)));
        assertThat(many.statusCode()).isEqualTo(413);
        assertThat(gateway.send(gateway.request("/health/live")).statusCode()).isEqualTo(200);
    }

    /** Nobody says twice what the run belongs to. */
    @Test
    void joinsTheRunThatOpenLineageToldOf() throws Exception {
        String start =
                """
                {"eventType":"START","eventTime":"2026-11-21T10:00:00Z","producer":"https://p","schemaURL":"https://s",
                 "run":{"runId":"01936a3c-0000-7000-8000-000000000001"},"job":{"namespace":"air","name":"dag"}}
                """;
        assertThat(gateway.post("/api/v1/lineage", start, JSON).statusCode()).isLessThan(300);
        gateway.post(
                "/v1/logs",
                """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"worker"}}]},
                 "scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"},"attributes":[
                  {"key":"openlineage.run_id","value":{"stringValue":"01936a3c-0000-7000-8000-000000000001"}}]}]}]}]}
                """,
                JSON);

        assertThat(gateway.events("logs:air:dag"))
                .filteredOn(e -> e instanceof Event.Log log && log.message().equals("hello"))
                .singleElement()
                .extracting(e -> e.subject().run())
                .isEqualTo("01936a3c-0000-7000-8000-000000000001");
    }
}
