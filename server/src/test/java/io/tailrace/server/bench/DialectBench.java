package io.tailrace.server.bench;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What each dialect costs: records that were acknowledged after fsync, and processor time. */
public final class DialectBench {

    private static final int PUBLISHERS = 16;
    private static final int RECORDS = 512; // what exporters send at once
    private static final String LINES = "/api/channels/logs:bench:lines/events";

    private final ServerProcess server;

    private record Load(String name, String path, String type, byte[] body) {}

    private DialectBench(ServerProcess server) {
        this.server = server;
    }

    /**
     * Runs it.
     *
     * @param arguments how many seconds to publish in each dialect (5)
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        for (Load load : loads()) {
            Path folder = Files.createTempDirectory("dialect-bench");
            try (ServerProcess server = ServerProcess.gateway(folder, List.of())) {
                var bench = new DialectBench(server);
                long _ = bench.publish(load, Duration.ofSeconds(seconds)); // warm up
                double cpu = server.cpuSeconds();
                long begin = System.nanoTime();
                long records = bench.publish(load, Duration.ofSeconds(seconds));
                long nanos = System.nanoTime() - begin;
                System.out.printf(
                        "%-28s %,10d bytes a record %,10.0f records/s  %.2f us CPU each%n",
                        load.name,
                        load.body.length / RECORDS,
                        records * 1e9 / nanos,
                        (server.cpuSeconds() - cpu) * 1e6 / records);
            }
        }
        System.exit(0);
    }

    private static List<Load> loads() {
        String protobuf = "application/x-protobuf";
        return List.of(
                new Load("our NDJSON", LINES, "application/x-ndjson", repeated(OURS)),
                new Load("OTLP logs, protobuf", "/v1/logs", protobuf, logs()),
                new Load("OTLP metrics, protobuf", "/v1/metrics", protobuf, metrics()),
                new Load("OTLP logs, JSON", "/v1/logs", "application/json", jsonLogs()),
                new Load("text, parse=off", LINES + "?parse=off", "text/plain", repeated(TEXT)),
                new Load("text", LINES, "text/plain", repeated(TEXT)),
                new Load("logstash NDJSON", LINES, "application/x-ndjson", repeated(LOGSTASH)),
                new Load("pino NDJSON", LINES, "application/octet-stream", repeated(PINO)));
    }

    private static final String OURS =
            """
            {"level":"INFO","run":"42","task":"load","message":"batch 00023369 rows=4475 dur=720ms loaded into warehouse.orders_fact, nothing unusual to see here"}
            """;
    private static final String TEXT =
            """
            2026-11-21T10:00:00.123Z INFO  [main] shop.Loader - batch 00023369 rows=4475 dur=720ms loaded into warehouse.orders_fact
            """;
    private static final String LOGSTASH =
            """
            {"@timestamp":"2026-11-21T10:00:00.123Z","@version":"1","message":"batch 00023369 rows=4475 loaded into warehouse.orders_fact","logger_name":"shop.Loader","thread_name":"main","level":"INFO","level_value":20000}
            """;
    private static final String PINO =
            """
            {"level":30,"time":1795255200123,"pid":7,"hostname":"h","msg":"batch 00023369 rows=4475 loaded into warehouse.orders_fact"}
            """;

    private static byte[] repeated(String line) {
        return line.repeat(RECORDS).getBytes(StandardCharsets.UTF_8);
    }

    private static KeyValue pair(String key, String value) {
        var any = AnyValue.newBuilder().setStringValue(value);
        return KeyValue.newBuilder().setKey(key).setValue(any).build();
    }

    private static byte[] logs() {
        var request = ExportLogsServiceRequest.newBuilder();
        var resource = request.addResourceLogsBuilder();
        resource.getResourceBuilder()
                .addAttributes(pair("service.name", "nightly"))
                .addAttributes(pair("service.namespace", "bench"))
                .addAttributes(pair("host.name", "worker-7"))
                .addAttributes(pair("telemetry.sdk.language", "java"))
                .addAttributes(pair("telemetry.sdk.version", "1.62.0"))
                .addAttributes(pair("tailrace.run", "42"));
        var scope = resource.addScopeLogsBuilder();
        scope.getScopeBuilder().setName("shop.Loader");
        var record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(1_795_255_200_123_000_000L)
                        .setObservedTimeUnixNano(1_795_255_200_123_000_000L)
                        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                        .setSeverityText("INFO")
                        .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
                        .setSpanId(ByteString.copyFromUtf8("01234567"))
                        .addAttributes(pair("thread.name", "main"))
                        .addAttributes(pair("table", "warehouse.orders_fact"));
        record.getBodyBuilder()
                .setStringValue("batch 00023369 rows=4475 dur=720ms, nothing unusual to see here");
        for (int i = 0; i < RECORDS; i++) {
            scope.addLogRecords(record);
        }
        return request.build().toByteArray();
    }

    private static byte[] metrics() {
        var request = ExportMetricsServiceRequest.newBuilder();
        var resource = request.addResourceMetricsBuilder();
        resource.getResourceBuilder().addAttributes(pair("service.namespace", "bench"));
        var metric = resource.addScopeMetricsBuilder().addMetricsBuilder().setName("rows");
        var sum = metric.getSumBuilder().setIsMonotonic(true);
        for (int i = 0; i < RECORDS; i++) {
            sum.addDataPointsBuilder()
                    .setTimeUnixNano(1_795_255_200_123_000_000L)
                    .setStartTimeUnixNano(1_795_255_200_000_000_000L)
                    .setAsInt(i)
                    .addAttributes(pair("table", "t" + i % 8));
        }
        return request.build().toByteArray();
    }

    private static byte[] jsonLogs() {
        String record =
                """
                {"timeUnixNano":"1795255200123000000","severityNumber":9,"severityText":"INFO","traceId":"30313233343536373839616263646566","spanId":"3031323334353637","body":{"stringValue":"batch 00023369 rows=4475 dur=720ms, nothing unusual to see here"},"attributes":[{"key":"thread.name","value":{"stringValue":"main"}},{"key":"table","value":{"stringValue":"warehouse.orders_fact"}}]}
                """;
        String records = String.join(",", Collections.nCopies(RECORDS, record.strip()));
        return ("{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"nightly\"}}]},\"scopeLogs\":[{\"logRecords\":["
                        + records
                        + "]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** How many records were acknowledged in that time. */
    private long publish(Load load, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        var records = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < PUBLISHERS; p++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (RawPost post = new RawPost(server.port())) {
                                    while (System.nanoTime() < end) {
                                        post.post(load.path, load.type, load.body);
                                        records.addAndGet(RECORDS);
                                    }
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return records.get();
    }
}
