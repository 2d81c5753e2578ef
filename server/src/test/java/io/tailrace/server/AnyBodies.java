package io.tailrace.server;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies for each dialect, and what accidents and attackers make of them. */
final class AnyBodies {

    private AnyBodies() {}

    static List<byte[]> of(String path, String type) {
        boolean json = type.endsWith("json");
        return switch (path) {
            case "/v1/logs" -> List.of(json ? utf8(LOGS) : logs().toByteArray(), new byte[0]);
            case "/v1/metrics" ->
                    List.of(json ? utf8(METRICS) : metrics().toByteArray(), new byte[0]);
            case "/v1/traces" -> List.of(json ? utf8(SPANS) : spans().toByteArray(), new byte[0]);
            case "/api/cloudevents" ->
                    List.of(utf8(type.contains("batch") ? "[" + CLOUD + "," + CLOUD + "]" : CLOUD));
            default -> List.of(utf8(LINES));
        };
    }

    /** Some bytes changed, cut, doubled, put in or taken away; or nothing at all. */
    static byte[] changed(byte[] seed, Random random) {
        byte[] body = seed.clone();
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = body.length == 0 ? 0 : random.nextInt(body.length);
            switch (random.nextInt(5)) {
                case 0 -> body = Arrays.copyOf(body, at);
                case 1 -> body = with(body, at, random(random));
                case 2 -> body = with(body, at, Arrays.copyOfRange(body, at, body.length));
                case 3 -> body = with(body, at, ODD.get(random.nextInt(ODD.size())));
                default -> {
                    if (body.length > 0) {
                        body[at] = (byte) random.nextInt(256);
                    }
                }
            }
        }
        return body;
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] with(byte[] body, int at, byte[] more) {
        byte[] all = Arrays.copyOf(body, body.length + more.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(body, at, all, at + more.length, body.length - at);
        return all;
    }

    private static final List<byte[]> ODD =
            List.of(
                    utf8("\"\\ud800\""),
                    utf8("\\udc00\\u0000"),
                    utf8("["),
                    utf8("[".repeat(300)),
                    utf8("{\"a\":".repeat(300)),
                    utf8("1e999999999"),
                    utf8("-99999999999999999999999999"),
                    utf8("null"),
                    utf8("\r\n"),
                    utf8("\uFEFF"),
                    new byte[] {(byte) 0xC3, (byte) 0x28, 0, (byte) 0xFF},
                    new byte[] {0x1f, (byte) 0x8b, 8, 0},
                    new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                    new byte[] {-1, -1, -1, -1, 15});

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final String LOGS =
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a b*:,c"}}]},
            "scopeLogs":[{"scope":{"name":"x"},"logRecords":[{"timeUnixNano":"1763719200123456789","severityNumber":17,
            "traceId":"5B8EFFF798038103D269B633813FC60C","body":{"kvlistValue":{"values":[{"key":"k","value":{"arrayValue":{"values":[{"intValue":"1"}]}}}]}},
            "attributes":[{"key":"tailrace.run","value":{"stringValue":"\\u0001r"}},{"key":"b","value":{"bytesValue":"AAAA"}}]}]}]}]}
            """;

    private static final String METRICS =
            """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
            {"name":"s","sum":{"dataPoints":[{"asInt":"1"}],"isMonotonic":true,"aggregationTemporality":1}},
            {"name":"h","histogram":{"dataPoints":[{"count":"3","sum":1e300,"bucketCounts":["1","2"],"explicitBounds":[5]}]}},
            {"name":"e","exponentialHistogram":{"dataPoints":[{"count":3,"scale":-10,"positive":{"offset":2147483647,"bucketCounts":["3"]}}]}},
            {"name":"q","summary":{"dataPoints":[{"count":3,"quantileValues":[{"quantile":0.5,"value":2}]}]}}]}]}]}
            """;

    private static final String SPANS =
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"tailrace.run","value":{"stringValue":"1"}}]},"scopeSpans":[{"spans":[
            {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","name":"n","kind":1,"startTimeUnixNano":"18446744073709551615",
            "endTimeUnixNano":"1","events":[{"name":"exception","attributes":[{"key":"exception.stacktrace","value":{"stringValue":"s"}}]}],
            "links":[{"traceId":"00"}],"status":{"code":2,"message":"m"}}]}]}]}
            """;

    private static final String CLOUD =
            """
            {"specversion":"1.0","id":"1","source":"/a/b","type":"io.tailrace.log","time":"2026-11-21T10:00:00Z","run":"r",
            "datacontenttype":"application/json","data":{"message":"\\u0000x","nested":{"a":[1,2.5,null]}}}
            """;

    private static final String LINES =
            """
            {"@timestamp":"2026-11-21T10:00:00.123Z","log.level":"ERROR","message":"a","error.stack_trace":"E: x\\n\\tat y"}
            {"ts":1763719200.5,"level":"info","msg":"zap","caller":"a.go:1","stacktrace":"s"}
            {"time":1763719200123,"level":50,"msg":"pino","pid":1,"hostname":"h"}
            2026-11-21 10:00:00,123 ERROR [main] a.B - it broke
            java.lang.IllegalStateException: no
            \tat a.B.c(B.java:1)
            Caused by: java.io.IOException: x
            Traceback (most recent call last):
              File "a.py", line 1, in <module>
            ValueError: bad
            level=warn msg="logfmt \\"quoted\\"" n=1
            \u001b[31mred\u001b[0m
            """;

    private static KeyValue pair(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportLogsServiceRequest logs() {
        var request = ExportLogsServiceRequest.newBuilder();
        var resource = request.addResourceLogsBuilder();
        resource.getResourceBuilder().addAttributes(pair("service.name", "x"));
        var record = resource.addScopeLogsBuilder().addLogRecordsBuilder();
        record.setTimeUnixNano(-1)
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFromUtf8("12345678"))
                .addAttributes(pair("tailrace.run", "r"))
                .addAttributes(pair("exception.type", "E"));
        record.getBodyBuilder().getArrayValueBuilder().addValuesBuilder().setBoolValue(true);
        return request.build();
    }

    private static ExportMetricsServiceRequest metrics() {
        var request = ExportMetricsServiceRequest.newBuilder();
        var scope = request.addResourceMetricsBuilder().addScopeMetricsBuilder();
        scope.addMetricsBuilder()
                .setName("s")
                .getSumBuilder()
                .addDataPointsBuilder()
                .setAsInt(-5)
                .addAttributes(pair("a", "b"));
        scope.addMetricsBuilder()
                .setName("h")
                .getHistogramBuilder()
                .addDataPointsBuilder()
                .setCount(3)
                .addBucketCounts(1)
                .addBucketCounts(2)
                .addExplicitBounds(1.5);
        scope.addMetricsBuilder()
                .setName("e")
                .getExponentialHistogramBuilder()
                .addDataPointsBuilder()
                .setCount(3)
                .setScale(-3)
                .getPositiveBuilder()
                .setOffset(-7)
                .addBucketCounts(3);
        return request.build();
    }

    private static ExportTraceServiceRequest spans() {
        var request = ExportTraceServiceRequest.newBuilder();
        var span = request.addResourceSpansBuilder().addScopeSpansBuilder().addSpansBuilder();
        span.setName("n")
                .setSpanId(ByteString.copyFromUtf8("12345678"))
                .setStartTimeUnixNano(1)
                .setEndTimeUnixNano(2)
                .addAttributes(pair("tailrace.run", "r"))
                .addAttributes(pair("tailrace.task", "t"));
        span.addEventsBuilder().setName("exception").addAttributes(pair("exception.type", "E"));
        span.addLinksBuilder().setTraceId(ByteString.copyFrom(new byte[16]));
        span.getStatusBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR);
        return request.build();
    }
}
