package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class OtlpIT {

    private static final Path SAMPLES =
            Stream.of("../../shared/data/otlp", "../../../shared/data/otlp")
                    .map(Path::of)
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(Path.of("missing"));
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void makesAnEventOfALogRecordWithAllThatItSays() throws Exception {
        String request =
                """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{
                  "timeUnixNano":"1763719200123456789","severityNumber":17,"severityText":"ERROR",
                  "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
                  "body":{"stringValue":"cannot load"},"unknown":{"a":[1,{}]},
                  "attributes":[
                    {"key":"rows","value":{"intValue":"9007199254740993"}},
                    {"key":"ratio","value":{"doubleValue":0.5}},
                    {"key":"ok","value":{"boolValue":false}},
                    {"key":"tags","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":7}]}}},
                    {"key":"user","value":{"kvlistValue":{"values":[{"key":"id","value":{"stringValue":"u1"}}]}}},
                    {"key":"raw","value":{"bytesValue":"AAH/"}},
                    {"key":"message","value":{"stringValue":"not this one"}},
                    {"key":"exception.type","value":{"stringValue":"java.io.IOException"}},
                    {"key":"exception.message","value":{"stringValue":"disk full"}},
                    {"key":"exception.stacktrace","value":{"stringValue":"java.io.IOException: disk full\\n\\tat a.B.c(B.java:1)\\n"}},
                    {"key":"tailrace.run","value":{"stringValue":"42"}},
                    {"key":"tailrace.task","value":{"stringValue":"load"}},
                    {"key":"tailrace.attempt","value":{"intValue":2}}
                  ]}],
                  "scope":{"name":"shop.Loader","version":"1.2"}}],
                 "resource":{"attributes":[
                    {"key":"service.name","value":{"stringValue":"nightly"}},
                    {"key":"service.namespace","value":{"stringValue":"shop"}},
                    {"key":"telemetry.sdk.language","value":{"stringValue":"java"}}]}}]}
                """;
        HttpResponse<String> response = gateway.post("/v1/logs", request, JSON);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        Event.Log event = (Event.Log) gateway.events("logs:shop:nightly").getFirst();
        assertThat(event.level()).isEqualTo(Level.ERROR);
        assertThat(event.message()).isEqualTo("cannot load");
        assertThat(event.logger()).isEqualTo("shop.Loader");
        assertThat(event.error()).isEqualTo("java.io.IOException: disk full\n\tat a.B.c(B.java:1)");
        assertThat(event.timestamp()).hasToString("2025-11-21T10:00:00.123456789Z");
        assertThat(event.subject().run()).isEqualTo("42");
        assertThat(event.subject().task()).isEqualTo("load");
        assertThat(event.subject().attempt()).isEqualTo(2);
        assertThat(event.header().fields())
                .containsEntry("trace_id", "5b8efff798038103d269b633813fc60c")
                .containsEntry("span_id", "eee19b7ec3c1b174")
                .containsEntry("rows", 9007199254740993L)
                .containsEntry("ratio", 0.5)
                .containsEntry("ok", false)
                .containsEntry("tags", List.of("a", 7L))
                .containsEntry("user", Map.of("id", "u1"))
                .containsEntry("raw", "AAH/")
                .containsEntry("message_", "not this one")
                .containsEntry("exception.type", "java.io.IOException")
                .containsEntry("scope", Map.of("version", "1.2"))
                .containsEntry(
                        "resource", Map.of("service.name", "nightly", "service.namespace", "shop"))
                .doesNotContainKeys("exception.stacktrace", "tailrace.run", "severity", "unknown");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0, '',      INFO,
                    0, Warning, WARN,  Warning
                    1, TRACE,   TRACE,
                    4, TRACE4,  TRACE, TRACE4
                    5, '',      DEBUG,
                    9, info,    INFO,
                    16, '',     WARN,
                    20, '',     ERROR,
                    21, '',     ERROR, FATAL
                    24, Panic,  ERROR, Panic
                    99, '',     ERROR, FATAL
                    """)
    void mapsSeverities(int number, String text, Level level, String kept) throws Exception {
        gateway.post(
                "/v1/logs",
                """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":%d,"severityText":"%s"}]}]}]}
                """
                        .formatted(number, text),
                JSON);

        Event.Log event = (Event.Log) gateway.events("logs:default:unknown").getFirst();
        assertThat(event.level()).isEqualTo(level);
        assertThat(event.header().fields().get("severity")).isEqualTo(kept);
    }

    @Test
    void reducesEveryKindOfMetricToAValueAndWhatStandsBehindIt() throws Exception {
        HttpResponse<String> response =
                gateway.post(
                        "/v1/metrics",
                        """
                        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"w"}}]},"scopeMetrics":[{"metrics":[
                         {"name":"rows","unit":"1","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
                            {"asInt":"12","startTimeUnixNano":"1000000000","timeUnixNano":"2000000000","attributes":[{"key":"table","value":{"stringValue":"t"}}]}]}},
                         {"name":"load","gauge":{"dataPoints":[{"asDouble":0.25},{"asDouble":"NaN"},{"flags":1}]}},
                         {"name":"wait","unit":"ms","histogram":{"aggregationTemporality":1,"dataPoints":[
                            {"count":"100","sum":1500,"min":1,"max":40,"bucketCounts":["50","40","10"],"explicitBounds":[10,20]},
                            {"count":0,"sum":0}]}},
                         {"name":"size","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
                            {"count":4,"sum":20,"scale":0,"zeroCount":1,"positive":{"offset":1,"bucketCounts":[1,2]}}]}},
                         {"name":"old","summary":{"dataPoints":[{"count":2,"sum":3,"quantileValues":[{"quantile":0.999,"value":2}]}]}}
                        ]}]}]}
                        """,
                        JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"rejectedDataPoints\":\"1\"", "Metric 'load' needs a name and a value");
        List<Event> events = gateway.events("metrics:default");
        assertThat(events)
                .extracting(e -> ((Event.Metric) e).name() + "=" + ((Event.Metric) e).value())
                .containsExactly("rows=12.0", "load=0.25", "wait=15.0", "size=5.0", "old=1.5");
        assertThat(events.getFirst().subject().workflow()).isEqualTo("w");
        assertThat(events.getFirst().timestamp()).hasToString("1970-01-01T00:00:02Z");
        assertThat(events.getFirst().header().fields())
                .containsEntry("labels", Map.of("table", "t"))
                .containsEntry("type", "sum")
                .containsEntry("temporality", "cumulative")
                .containsEntry("monotonic", true)
                .containsEntry("start", 1000L);
        assertThat(events.get(2).header().fields())
                .containsEntry("type", "histogram")
                .containsEntry("temporality", "delta")
                .containsEntry("count", 100L)
                .containsEntry("sum", 1500.0)
                .containsEntry("min", 1.0)
                .containsEntry("max", 40.0)
                .containsEntry("p50", 10.0)
                .containsEntry("p90", 20.0)
                .containsEntry("p99", 38.0);
        assertThat(events.get(3).header().fields()).containsEntry("p50", 4.0);
        assertThat(events.get(4).header().fields()).containsEntry("p99.9", 2.0);
    }

    @Test
    void makesTasksOfTheSpansOfARun() throws Exception {
        HttpResponse<String> response =
                gateway.post(
                        "/v1/traces",
                        """
                        {"resourceSpans":[{"resource":{"attributes":[
                           {"key":"service.name","value":{"stringValue":"nightly"}},
                           {"key":"openlineage.run_id","value":{"stringValue":"r1"}}]},
                          "scopeSpans":[{"spans":[
                           {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"eee19b7ec3c1b173",
                            "name":"extract","kind":1,"startTimeUnixNano":"1000000000","endTimeUnixNano":"3000000000",
                            "attributes":[{"key":"tailrace.rows","value":{"intValue":"7"}}]},
                           {"spanId":"eee19b7ec3c1b175","parentSpanId":"eee19b7ec3c1b173","name":"load","startTimeUnixNano":"3000000000","endTimeUnixNano":"4000000000",
                            "status":{"code":2},"events":[{"name":"exception","attributes":[
                              {"key":"exception.type","value":{"stringValue":"E"}},{"key":"exception.message","value":{"stringValue":"no"}},
                              {"key":"exception.stacktrace","value":{"stringValue":"E: no\\n at x"}}]}]},
                           {"spanId":"eee19b7ec3c1b176","parentSpanId":"eee19b7ec3c1b175","name":"SELECT","kind":3,"startTimeUnixNano":"1000000000","endTimeUnixNano":"1002500000"},
                           {"spanId":"eee19b7ec3c1b173","name":"nightly","startTimeUnixNano":"500000000","endTimeUnixNano":"4500000000",
                            "attributes":[{"key":"tailrace.run","value":{"stringValue":"r1"}}],"status":{"code":2,"message":"load failed"}}
                          ]}]}]}
                        """,
                        JSON);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        String run = gateway.get("/api/runs/default/nightly/r1").body();
        assertThat(run)
                .contains("\"status\":\"failed\"", "\"name\":\"extract\"", "\"name\":\"load\"")
                .contains("\"error\":\"E: no\"", "\"rows\":7")
                .contains("1970-01-01T00:00:00.500Z", "1970-01-01T00:00:04.500Z")
                .doesNotContain("SELECT");
        Event.Log call = (Event.Log) gateway.events("logs:default:nightly").getFirst();
        assertThat(call.message()).isEqualTo("SELECT 2.5 ms");
        assertThat(call.level()).isEqualTo(Level.TRACE);
        assertThat(call.subject().run()).isEqualTo("r1");
        assertThat(call.header().fields())
                .containsEntry("span_kind", "client")
                .containsEntry("parent_span_id", "eee19b7ec3c1b175")
                .containsEntry("duration_ms", 2.5);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    logs.json,    /v1/logs,    logs:default:my.service, 1
                    metrics.json, /v1/metrics, metrics:default,         4
                    trace.json,   /v1/traces,  logs:default:my.service, 1
                    """)
    void takesTheSamplesOfTheSpecification(String file, String path, String channel, int events)
            throws Exception {
        Assumptions.assumeTrue(Files.exists(SAMPLES));
        HttpResponse<String> response =
                gateway.post(path, Files.readString(SAMPLES.resolve(file)), JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(gateway.events(channel)).hasSize(events);
    }
}
