package io.tailrace.server.source.message;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.server.settings.MessageSettings;
import io.tailrace.server.settings.MessageSettings.Dialect;
import io.tailrace.server.settings.SourceAbout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

class MessageReaderTest extends WithReader {

    private static final String LINEAGE =
            """
            {"eventType":"START","eventTime":"2026-11-21T09:00:00Z",
             "run":{"runId":"0194a5a8-0000-7000-8000-000000000001"},
             "job":{"namespace":"shop","name":"orders"},
             "producer":"https://example.org/x",
             "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent"}
            """;
    private static final String CLOUD =
            """
            {"specversion":"1.0","id":"1","source":"/shop","type":"order.placed",
             "workspace":"acme","workflow":"nightly","data":{"message":"placed"}}
            """;
    private static final String OTLP =
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name",
              "value":{"stringValue":"checkout"}}]},"scopeLogs":[{"logRecords":[
              {"severityText":"WARN","body":{"stringValue":"slow"}}]}]}]}
            """;

    private Event.Log onlyLog() {
        assertThat(refused).isEmpty();
        assertThat(events).hasSize(1);
        return (Event.Log) events.getFirst();
    }

    @Test
    void aLineIsAboutWhatTheSettingsSayAtTheTimeOfTheMessage() {
        read(Dialect.AUTO, text("disk is filling"));
        assertThat(onlyLog().channel()).isEqualTo(Channel.logs("acme", "nightly"));
        assertThat(onlyLog().subject().run()).isEqualTo("7");
        assertThat(onlyLog().header().timestamp()).isEqualTo(SENT);
        assertThat(onlyLog().level()).isEqualTo(Level.INFO);
    }

    @Test
    void whatALineSaysItselfWins() {
        read(Dialect.LINES, text("2026-11-21T09:00:00Z WARN disk is filling"));
        assertThat(onlyLog().header().timestamp()).isEqualTo("2026-11-21T09:00:00Z");
        assertThat(onlyLog().level()).isEqualTo(Level.WARN);
    }

    @Test
    void theOriginIsTheWorkflowWhenNobodySaysAnother() {
        var nobody = new SourceAbout(null, null, null, null);
        read(new MessageSettings(Dialect.AUTO, nobody, true, null, null, null), text("hello"));
        assertThat(onlyLog().channel()).isEqualTo(Channel.logs("default", "shop.orders"));
    }

    @Test
    void oneObjectMayHaveSeveralLinesAndAnArraySeveralEvents() {
        read(Dialect.AUTO, text("{\n \"kind\": \"log\",\n \"message\": \"one\"\n}\n"));
        read(Dialect.AUTO, text("[{\"message\":\"two\"},\n{\"message\":\"three\"}]"));
        read(Dialect.AUTO, text("{\"message\":\"four\"}\n{\"message\":\"five\"}\n"));
        read(Dialect.AUTO, text("[INFO] six"));
        assertThat(refused).isEmpty();
        assertThat(events.stream().map(e -> ((Event.Log) e).message()))
                .containsExactly("one", "two", "three", "four", "five", "[INFO] six");
    }

    @Test
    void aStackTraceInOneMessageIsOneEvent() {
        read(
                Dialect.AUTO,
                text(
                        "2026-11-21T09:00:00Z ERROR failed\n"
                                + "java.lang.Error: x\n"
                                + "\tat a.B.c(B.java:1)\n"
                                + "\tat a.B.d(B.java:2)"));
        assertThat(onlyLog().message()).contains("failed");
    }

    @Test
    void whatSeveralOthersSpeakIsRecognised() {
        read(Dialect.AUTO, text(LINEAGE));
        assertThat(events.getFirst().channel()).isEqualTo(Channel.runs("shop", "orders"));
        events.clear();
        read(Dialect.AUTO, text(CLOUD));
        assertThat(onlyLog().message()).isEqualTo("placed");
        events.clear();
        read(Dialect.AUTO, text("[" + CLOUD + "]"));
        assertThat(onlyLog().logger()).isEqualTo("/shop");
        events.clear();
        read(Dialect.AUTO, text(OTLP));
        assertThat(onlyLog().channel()).isEqualTo(Channel.logs("default", "checkout"));
    }

    @Test
    void dbtLinesBecomeARun() {
        read(
                Dialect.AUTO,
                text(
                        """
                        {"info":{"name":"MainReportVersion","level":"info","msg":"Running with dbt=1.9.0",\
                        "ts":"2026-11-21T09:00:00Z","invocation_id":"i-1","code":"A001","pid":1,\
                        "thread":"MainThread","category":"","extra":{}},"data":{"version":"=1.9.0"}}
                        """));
        assertThat(refused).isEmpty();
        assertThat(events).hasAtLeastOneElementOfType(Event.WorkflowStarted.class);
    }

    @Test
    void otlpInProtobufIsReadWhenTheDialectIsSaid() {
        byte[] body =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(
                                ResourceLogs.newBuilder()
                                        .addScopeLogs(
                                                ScopeLogs.newBuilder()
                                                        .addLogRecords(
                                                                LogRecord.newBuilder()
                                                                        .setBody(
                                                                                AnyValue
                                                                                        .newBuilder()
                                                                                        .setStringValue(
                                                                                                "slow")))))
                        .build()
                        .toByteArray();
        read(Dialect.OTLP_LOGS, Message.of(body, SENT, "otlp_logs"));
        assertThat(onlyLog().message()).isEqualTo("slow");
        events.clear();
        read(Dialect.OTLP_LOGS, text(OTLP));
        assertThat(onlyLog().message()).isEqualTo("slow");
    }

    @Test
    void theAttributesOfACloudEventMayStandInHeaders() {
        Map<String, String> headers =
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "1",
                        "ce_source", "/shop",
                        "ce_type", "order.placed",
                        "ce_run", "42");
        read(
                Dialect.AUTO,
                new Message(
                        "{\"message\":\"placed\"}".getBytes(UTF_8),
                        "application/json",
                        headers,
                        SENT,
                        "orders"));
        assertThat(onlyLog().message()).isEqualTo("placed");
        assertThat(onlyLog().subject().run()).isEqualTo("42");
        assertThat(onlyLog().header().timestamp()).isEqualTo(SENT);
    }

    @Test
    void oneBadLineIsRefusedWithItsBytesAndTheOthersAreTaken() {
        read(
                Dialect.TAILRACE,
                text("{\"message\":\"one\"}\n{\"message\":\n{\"message\":\"three\"}"));
        assertThat(events).hasSize(2);
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().body()).isEqualTo("{\"message\":".getBytes(UTF_8));
        assertThat(refused.getFirst().target())
                .isEqualTo("/api/channels/logs%3Aacme%3Anightly/events?parse=auto&run=7");
    }

    @Test
    void whatIsWrongAsAWholeLeavesNothing() {
        read(Dialect.TAILRACE, text("[{\"message\":\"one\"},{\"message\""));
        read(Dialect.CLOUDEVENTS, text("[" + CLOUD + ",{\"id\":\"2\"}]"));
        read(Dialect.OTLP_LOGS, text("{\"resourceLogs\":[{]}"));
        read(Dialect.OPENLINEAGE, text("not JSON"));
        read(Dialect.AUTO, Message.of(new byte[] {0, 0, 0, 0, 9, 'a'}, SENT, "avro"));
        read(Dialect.AUTO, text("x".repeat((1 << 20) + 1)));
        read(Dialect.AUTO, text("x".repeat((1 << 16) + 1)));
        assertThat(events).isEmpty();
        assertThat(refused).hasSize(7).allMatch(each -> each.reason().length() > 10);
    }

    @Test
    void anArrayInAnotherEncodingIsRefusedAsAWhole() {
        read(Dialect.TAILRACE, Message.of(new byte[] {0x5B, 0, 0, 0, 1}, SENT, "utf-32"));
        byte[] wide = "[{\"message\":\"x\"}]".getBytes(UTF_16LE);
        read(Dialect.TAILRACE, Message.of(wide, SENT, "utf-16"));
        assertThat(events).isEmpty();
        assertThat(refused)
                .hasSize(2)
                .allMatch(
                        each -> each.reason().contains("not valid JSON") && each.body().length > 1);
    }

    @Test
    void aTimeOutOfRangeIsThatOfTheGateway() {
        Instant micros = Instant.ofEpochMilli(1_795_000_000_000_000L); // the year 58851
        read(Dialect.TEXT, Message.of("later".getBytes(UTF_8), micros, "any"));
        assertThat(onlyLog().header().timestamp())
                .isBetween(SENT.minusSeconds(1L << 30), Instant.now());
    }

    @Test
    void whatIsRefusedIsKeptSoThatItCanBeSentAgain() {
        byte[] data = "{\"message\":\"x\"}".getBytes(UTF_8);
        Map<String, String> headers = Map.of("ce_specversion", "1.0", "ce_id", "7");
        read(Dialect.AUTO, new Message(data, "application/json", headers, SENT, "orders"));
        read(
                Dialect.OTLP_METRICS,
                text(
                        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"load\","
                                + "\"gauge\":{\"dataPoints\":[{\"asDouble\":\"NaN\"}]}}]}]}]}"));
        assertThat(refused).hasSize(2);
        assertThat(refused.getFirst().contentType()).isEqualTo("application/cloudevents+json");
        assertThat(new String(refused.getFirst().body(), UTF_8))
                .contains("\"id\":\"7\"", "\"data\":{\"message\":\"x\"}");
        assertThat(refused.getLast().target()).isEqualTo("/api/events");
        assertThat(new String(refused.getLast().body(), UTF_8)).contains("load");
    }

    @Test
    void commandsAreNotTaken() {
        String data = "\"data\":{\"kind\":\"command\",\"id\":\"1\",\"verb\":\"cancel\"}";
        read(
                Dialect.AUTO,
                text(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\","
                                + "\"type\":\"io.tailrace.command\",\"workflow\":\"w\","
                                + "\"workspace\":\"a\",\"run\":\"7\","
                                + data
                                + "}"));
        read(Dialect.AUTO, text("{\"kind\":\"command\",\"id\":\"1\",\"verb\":\"cancel\"}"));
        assertThat(events).isEmpty();
        assertThat(refused).hasSize(2);
    }

    @Test
    void secretsAreMaskedInEveryDialect() {
        String secret = "AKIAIOSFODNN7EXAMPLE";
        read(Dialect.AUTO, text("key " + secret));
        read(Dialect.AUTO, text(CLOUD.replace("placed\"}", secret + "\"}")));
        read(Dialect.AUTO, text(OTLP.replace("slow", secret)));
        read(Dialect.AUTO, text(LINEAGE.replace("example.org/x", secret)));
        assertThat(events).hasSizeGreaterThan(3);
        assertThat(events.toString()).doesNotContain(secret);
    }

    @ParameterizedTest
    @EnumSource
    void anyBytesGiveEventsOrARefusal(Dialect dialect) {
        Random random = new Random(7);
        String[] seeds = {LINEAGE, CLOUD, OTLP, "[" + CLOUD + "]", "{\"message\":\"x\"}", ""};
        for (int i = 0; i < 600; i++) {
            byte[] body = seeds[i % seeds.length].getBytes(UTF_8);
            for (int n = random.nextInt(4); n > 0 && body.length > 0; n--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            int before = events.size() + refused.size();
            read(dialect, Message.of(body, SENT, "any"));
            boolean blank = new String(body, UTF_8).isBlank();
            assertThat(events.size() + refused.size() > before || blank)
                    .as(new String(body, UTF_8))
                    .isTrue();
        }
    }
}
