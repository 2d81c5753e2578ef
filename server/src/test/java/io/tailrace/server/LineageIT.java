package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.broker.FlakyLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

class LineageIT {

    private static final String PATH = "/api/v1/lineage";

    private final FlakyLog log = new FlakyLog();
    private final TestGateway gateway = new TestGateway(log);

    @AfterEach
    void close() {
        log.full = false;
        gateway.close();
    }

    private static String event(String type, String time, String run, String job) {
        return """
        {"eventType":"%s","eventTime":"%s","run":{"runId":"%s"},"job":{"namespace":"acme","name":"%s"},"producer":"p","schemaURL":"s"}
        """
                .formatted(type, time, run, job)
                .strip();
    }

    private String post(String path, String body, int status) throws Exception {
        HttpResponse<String> response =
                gateway.post(path, body, "Content-Type", "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/lineage",
                "/lineage",
                "/api/v1/lineage/batch",
                "/lineage/batch",
                "/api/lineage",
                "/api/v1/openlineage/lineage"
            })
    void takesEventsWhereClientsSendThem(String path) throws Exception {
        assertThat(post(path, event("START", "2026-11-21T10:00:00Z", "r1", "nightly"), 200))
                .startsWith(
                        "{\"status\":\"success\",\"summary\":{\"received\":1,\"successful\":1,");
        post(path, "[" + event("COMPLETE", "2026-11-21T10:05:00Z", "r1", "nightly") + "]", 200);

        assertThat(gateway.get("/api/runs/acme/nightly/r1").body())
                .contains(
                        "\"status\":\"succeeded\"", "2026-11-21T10:00:00Z", "2026-11-21T10:05:00Z");
    }

    @Test
    void anEventThatIsSentAgainIsStoredOnceHoweverItIsPacked() throws Exception {
        String fail = event("FAIL", "2026-11-21T10:05:00Z", "r1", "nightly");
        post(PATH, fail, 200);
        long stored = log.newest();
        assertThat(stored).isEqualTo(3); // the log line, the end, the alert

        post(PATH, fail, 200);
        post(PATH + "/batch", "[" + fail + ",\n " + fail.replace(",", " ,") + "]", 200);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(fail.getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> response =
                gateway.send(
                        gateway.request(PATH)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(log.newest()).isEqualTo(stored);
    }

    @Test
    void aFailureIsNeverPaintedOver() throws Exception {
        post(PATH, event("START", "2026-11-21T10:00:00Z", "r1", "spark"), 200);
        post(PATH, event("FAIL", "2026-11-21T10:05:00Z", "r1", "spark"), 200);
        post(PATH, event("COMPLETE", "2026-11-21T10:05:00.010Z", "r1", "spark"), 200);
        post(
                PATH,
                event("START", "2026-11-21T10:00:00Z", "r1", "spark").replace("\"p\"", "\"q\""),
                200);

        assertThat(gateway.get("/api/runs/acme/spark/r1").body()).contains("\"status\":\"failed\"");
    }

    @Test
    void ofManyEventsTheGoodOnesAreStoredAndTheOthersNamed() throws Exception {
        String good = event("START", "2026-11-21T10:00:00Z", "r1", "nightly");
        String body =
                "[%s,7,{\"run\":{}},%s]"
                        .formatted(good, good.replace("2026-11-21T10:00:00Z", "yesterday"));

        assertThat(post(PATH + "/batch", body, 200))
                .contains(
                        "\"status\":\"partial_success\"",
                        "\"received\":4,\"successful\":1,\"failed\":3")
                .contains(
                        "{\"index\":1,\"reason\":\"An OpenLineage event must be a JSON"
                                + " object.\",\"retriable\":false}")
                .contains(
                        "{\"index\":2,",
                        "{\"index\":3,\"reason\":\"Field 'eventTime' must be a time");
    }

    @Test
    void whatIsNoEventIsRefusedWithASentence() throws Exception {
        assertThat(post(PATH, "", 400)).contains("There is no event in the body");
        assertThat(post(PATH, "[]", 400)).contains("There is no event in the body");
        assertThat(post(PATH, "{\"a\":1}", 400)).contains("This is not an OpenLineage event");
        assertThat(post(PATH, "{\"run\":{\"runId\":\"x\"}}", 400))
                .contains("Field 'job.name' must be");
        assertThat(post(PATH, event("START", "2026", "r", "j"), 400)).contains("'eventTime'");
        assertThat(post(PATH, "{\"run\":", 400)).contains("not valid JSON");
        assertThat(gateway.get(PATH).statusCode()).isEqualTo(405);
    }

    @Test
    void clientsAreToldToSendAgainWhenNothingCanBeStored() throws Exception {
        log.full = true;
        String body = event("START", "2026-11-21T10:00:00Z", "r1", "nightly");
        HttpResponse<String> refused = gateway.post(PATH, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        log.full = false;
        post(PATH, body, 200);
        assertThat(gateway.get("/api/runs/acme/nightly/r1").statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsTooFastIsToldSoInAWayThatClientsUnderstand() throws Exception {
        try (TestGateway slow = new TestGateway("--publish-rate=1")) {
            int status = 200;
            for (int i = 0; i < 30 && status == 200; i++) {
                status =
                        slow.post(PATH, event("START", "2026-11-21T10:00:00Z", "r" + i, "j"))
                                .statusCode();
            }
            assertThat(status).isEqualTo(503);
        }
    }

    @Test
    void secretsAreMaskedBeforeAnythingIsStored() throws Exception {
        String body =
                """
                {"eventType":"FAIL","eventTime":"2026-11-21T10:00:00Z","run":{"runId":"r1","facets":{
                  "environmentVariables":{"environmentVariables":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"LANG","value":"C"}]},
                  "errorMessage":{"message":"no route to jdbc://etl:hunter2@db/shop","stackTrace":"at x\\npassword=hunter2"}}},
                 "job":{"namespace":"acme","name":"nightly","facets":{"sql":{"query":"COPY t CREDENTIALS 'a' SECRET_ACCESS_KEY = 'hunter2'"}}}}
                """;
        post(PATH, body, 200);

        for (String channel : List.of("runs:acme:nightly", "logs:acme:nightly")) {
            assertThat(gateway.get("/api/channels/" + channel + "/events").body())
                    .doesNotContain("hunter2")
                    .contains("jdbc://etl:[redacted]@db/shop", "\"redacted\":[");
        }
        assertThat(gateway.get("/api/channels/runs:acme:nightly/events").body())
                .contains("{\"name\":\"LANG\",\"value\":\"C\"}");
        assertThat(gateway.get("/metrics").body())
                .contains("tailrace_events_redacted_total{rule=\"url-password\"}");
    }

    @Test
    void aPlanOfManyMegabytesIsCutAndItsSizeIsSaid() throws Exception {
        byte[] head =
                "{\"eventType\":\"START\",\"run\":{\"runId\":\"r1\",\"facets\":{\"spark.logicalPlan\":{\"plan\":\""
                        .getBytes(StandardCharsets.UTF_8);
        byte[] plan = "x".repeat(23_347_619).getBytes(StandardCharsets.US_ASCII);
        byte[] tail =
                "\"}}},\"job\":{\"namespace\":\"acme\",\"name\":\"big\"}}"
                        .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response =
                gateway.send(
                        gateway.request(PATH)
                                .POST(
                                        BodyPublishers.ofInputStream(() ->
                                                new SequenceInputStream(
                                                        Collections.enumeration(
                                                                List.of(
                                                                        new ByteArrayInputStream(
                                                                                head),
                                                                        new ByteArrayInputStream(
                                                                                plan),
                                                                        new ByteArrayInputStream(
                                                                                tail)))))));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(gateway.get("/api/channels/runs:acme:big/events").body())
                .contains("\"path\":\"run.facets.spark.logicalPlan\"", "\"bytes\":23347630")
                .hasSizeLessThan(60_000);
    }

    @Test
    void aBodyWithoutEndIsRefused() throws Exception {
        byte[] part =
                ("{\"run\":{\"runId\":\"" + "x".repeat(1 << 20))
                        .getBytes(StandardCharsets.US_ASCII);
        HttpResponse<String> response =
                gateway.send(
                        gateway.request(PATH)
                                .POST(BodyPublishers.ofByteArrays(Collections.nCopies(70, part))));

        assertThat(response.statusCode()).isEqualTo(400); // not JSON from the second part on
        byte[] letters = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        List<byte[]> parts = new ArrayList<>(Collections.nCopies(70, letters));
        parts.addFirst("{\"producer\":\"".getBytes(StandardCharsets.US_ASCII));
        response = gateway.send(gateway.request(PATH).POST(BodyPublishers.ofByteArrays(parts)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
    }

    @Test
    void anyBytesGetAnAnswerAndHarmNobody() throws Exception {
        Random random = new Random(11);
        byte[] valid =
                event("START", "2026-11-21T10:00:00Z", "r1", "nightly")
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = valid.clone();
            if (i % 3 == 0) {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            }
            for (int n = random.nextInt(5); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var request = gateway.request(i % 2 == 0 ? PATH : PATH + "/batch");
            if (i % 10 == 0) {
                request.header("Content-Encoding", "gzip");
            }
            HttpResponse<String> response =
                    gateway.send(request.POST(BodyPublishers.ofByteArray(bytes)));
            assertThat(response.statusCode()).as(response.body()).isIn(200, 400);
            assertThat(response.body()).isNotEmpty();
        }
        post(PATH, event("START", "2026-11-21T10:00:00Z", "neighbour", "nightly"), 200);
    }

    @Test
    void takesTheSamplesOfRealProducers() throws Exception {
        String jobs = Files.readString(Samples.file("openlineage/thirteen_jobs.template.json"));
        jobs = jobs.replace("{{RUN_START_TIME}}", "2026-11-21T10:00:00");
        jobs =
                Pattern.compile("\\{\\{RUN_END_TIME_AFTER_(\\d+)_MINUTES}}")
                        .matcher(jobs)
                        .replaceAll(m ->
                                "2026-11-21T10:%02d:00.123456789Z"
                                        .formatted(Integer.parseInt(m.group(1))));
        assertThat(post("/lineage/batch", jobs, 200)).contains("\"received\":26,\"successful\":26");
        for (String name :
                List.of("openlineage-event", "example_full_event", "serde_example_run_event")) {
            post(PATH, Files.readString(Samples.file("openlineage/" + name + ".json")), 200);
        }

        String runs = gateway.get("/api/runs?workspace=food_delivery&limit=100").body();
        assertThat(runs.split("\"workflow\":", -1)).hasSize(15); // 13 jobs and dbt
        assertThat(runs).doesNotContain("\"status\":\"running\"");
        assertThat(
                        gateway.get(
                                        "/api/runs/root-namespace/root-job-name/5f24c93c-1a1a-49dc-82e7-95ab4915242f")
                                .body())
                .contains("\"name\":\"jobName\"");
        assertThat(gateway.get("/api/channels/metrics:food_delivery/events?limit=5").body())
                .contains("schedule.lag");
        assertThat(gateway.get("/api/channels").body()).doesNotContain(IOException.class.getName());
    }
}
