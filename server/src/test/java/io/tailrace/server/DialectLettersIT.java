package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.server.settings.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What other dialects and sources bring and nobody can take: kept, looked at, sent again once. */
class DialectLettersIT {

    private static final String LETTERS = "/api/dead-letters";

    @TempDir private Path disk;
    private @Nullable TestGateway started;

    @AfterEach
    void stop() {
        gateway().close();
    }

    private void start(int channels, String... more) {
        String[] options = {
            "--store=rocksdb",
            "--port=0",
            "--self-check=0s",
            "--data=" + disk.resolve("data"),
            "--max-channels=" + channels
        };
        String[] all = new String[options.length + more.length];
        System.arraycopy(options, 0, all, 0, options.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        started = new TestGateway(Gateway.start(Settings.load(all, Map.of())));
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(started);
    }

    private String list() throws Exception {
        return gateway().get(LETTERS).body();
    }

    private List<String> ids() throws Exception {
        return Pattern.compile("\"id\":(\\d+)")
                .matcher(list())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private HttpResponse<String> redrive(String id) throws Exception {
        return gateway()
                .send(
                        gateway()
                                .request(LETTERS + "/" + id + "/redrive")
                                .POST(BodyPublishers.noBody()));
    }

    private static String log(String service, String text) {
        return """
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
         "scopeLogs":[{"logRecords":[{"body":{"stringValue":"%s"}}]}]}\
        """
                .formatted(service, text);
    }

    @Test
    void aRejectedRecordOfOtlpIsSentAgainByItself() throws Exception {
        start(1);
        String json = "application/json";
        gateway()
                .post(
                        "/v1/logs",
                        "{\"resourceLogs\":[" + log("one", "a") + "]}",
                        "Content-Type",
                        json);
        HttpResponse<String> partly =
                gateway()
                        .post(
                                "/v1/logs",
                                "{\"resourceLogs\":["
                                        + log("one", "b")
                                        + ","
                                        + log("two", "password=hunter2 c")
                                        + "]}",
                                "Content-Type",
                                json);
        assertThat(partly.statusCode()).isEqualTo(200);
        assertThat(ids()).hasSize(1);
        assertThat(list()).contains("\"target\":\"/api/events\"", "\"origin\":\"/v1/logs\"");
        assertThat(gateway().get(LETTERS + "/" + ids().getFirst()).body())
                .contains("two")
                .doesNotContain("hunter2");
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(422);

        gateway().close();
        start(9);
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(200);
        assertThat(ids()).isEmpty();
        assertThat(gateway().events("logs:default:one")).hasSize(2);
        assertThat(gateway().events("logs:default:two")).hasSize(1);
    }

    @Test
    void aRecordThatCouldNotBeReadIsNotTakenForSentWhenItStandsAlone() throws Exception {
        start(9);
        String records = "{\"timeUnixNano\":\"soon\"},{\"body\":{\"stringValue\":\"good\"}}";
        gateway()
                .post(
                        "/v1/logs",
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}",
                        "Content-Type",
                        "application/json");
        assertThat(ids()).hasSize(1);
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(422);
        assertThat(ids()).hasSize(1);
    }

    @Test
    void whatOtlpCannotReadIsKeptAsItCame() throws Exception {
        start(9);
        assertThat(
                        gateway()
                                .post(
                                        "/v1/traces",
                                        "{\"resourceSpans\":[",
                                        "Content-Type",
                                        "application/json")
                                .statusCode())
                .isEqualTo(400);
        assertThat(list()).contains("\"target\":\"/v1/traces\"");
        String nan =
                """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"load","gauge":
                {"dataPoints":[{"asDouble":"NaN"}]}}]}]}]}\
                """;
        gateway().post("/v1/metrics", nan, "Content-Type", "application/json");
        assertThat(list()).contains("Metric 'load' needs a name and a value");
        assertThat(gateway().get(LETTERS + "/" + ids().getLast()).body()).contains("load", "NaN");
        assertThat(redrive(ids().getLast()).statusCode()).isEqualTo(422);
    }

    @Test
    void aCloudEventIsKeptByItselfAndNeverDoubled() throws Exception {
        start(1);
        String batch =
                """
                [{"specversion":"1.0","id":"1","source":"one","type":"t","data":"a"},
                 {"specversion":"1.0","id":"2","source":"two","type":"t","data":"b"},
                 {"specversion":"1.0","id":"3","source":"one"}]\
                """;
        String type = "application/cloudevents-batch+json";
        String reply = gateway().post("/api/cloudevents", batch, "Content-Type", type).body();
        assertThat(reply).contains("\"accepted\":1", "\"rejected_count\":2", "\"line\":3");
        assertThat(
                        gateway()
                                .post(
                                        "/api/cloudevents?workspace=w",
                                        "{\"n\":1}",
                                        "ce-specversion",
                                        "1.0",
                                        "ce-id",
                                        "4",
                                        "ce-source",
                                        "%C3%A9t%C3%A9",
                                        "Content-Type",
                                        "application/json")
                                .statusCode())
                .isEqualTo(400); // it has no type
        assertThat(
                        gateway()
                                .post("/api/cloudevents", "[{\"spec", "Content-Type", type)
                                .statusCode())
                .isEqualTo(400);
        assertThat(ids()).hasSize(4);
        assertThat(gateway().get(LETTERS + "/" + ids().get(2)).body())
                .contains("été", "\\\"data\\\":{\\\"n\\\":1}", "/api/cloudevents?workspace=w");

        gateway().close();
        start(9);
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(200);
        gateway().post("/api/cloudevents", batch, "Content-Type", type); // its sender, once more
        assertThat(gateway().events("logs:default:one")).hasSize(1);
        assertThat(gateway().events("logs:default:two")).hasSize(1);
    }

    @Test
    void aLineOfDbtIsTakenWhollyOrNotAtAll() throws Exception {
        start(1);
        String line =
                """
                {"info":{"name":"NodeFinished","code":"Q025","level":"info","msg":"done",\
                "ts":"2026-11-21T10:00:00Z","invocation_id":"i1","category":"","extra":{},"pid":1,\
                "thread":"t"},"data":{"node_info":{"unique_id":"model.a","node_name":"a",\
                "node_status":"success"},"run_result":{"status":"success","execution_time":1.0}}}\
                """;
        gateway().lines("logs:shop:dbt", "x");
        assertThat(gateway().post("/api/channels/logs:shop:dbt/events", line).body())
                .contains("one too many");
        assertThat(gateway().events("logs:shop:dbt")).hasSize(1);
        assertThat(ids()).hasSize(1);

        gateway().close();
        start(9);
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(200);
        assertThat(gateway().events("logs:shop:dbt")).hasSize(2);
        assertThat(gateway().events("runs:shop:dbt").stream().map(Event::kind))
                .containsExactly("workflow_started", "complete");
    }

    @Test
    void aLineOfAFileIsKeptWithItsSource() throws Exception {
        Path file = disk.resolve("app.ndjson");
        Files.writeString(file, "{\"message\":\"good\"}\n{\"message\":\n");
        Path settings = disk.resolve("gateway().conf");
        Files.writeString(
                settings,
                "sources { app { type = file, paths = [\"%s\"], workspace = a, workflow = b, format = json } }"
                        .formatted(file));
        start(9, "--config=" + settings);
        await().untilAsserted(() -> assertThat(ids()).hasSize(1));
        assertThat(list()).contains("\"principal\":\"source:app\"", "app.ndjson near byte");
        assertThat(gateway().get(LETTERS + "/" + ids().getFirst()).body())
                .contains("\"content_type\":\"application/x-ndjson\"")
                .contains("/api/channels/logs%3Aa%3Ab/events");
        assertThat(redrive(ids().getFirst()).statusCode()).isEqualTo(422);
    }
}
