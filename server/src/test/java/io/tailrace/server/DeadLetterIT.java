package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.settings.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class DeadLetterIT extends GuardedGateway {

    private static final String LETTERS = "/api/dead-letters";

    private void alone(String... options) {
        gateway.close();
        gateway = new TestGateway(options);
    }

    private String send(String method, String path) throws Exception {
        HttpResponse<String> response =
                gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()));
        return response.statusCode() + " " + response.body();
    }

    private static long id(String list, int number) {
        Matcher matcher = Pattern.compile("\"id\":(\\d+)").matcher(list);
        for (int i = 0; i < number; i++) {
            assertThat(matcher.find()).as(list).isTrue();
        }
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void whatCannotBeTakenIsKeptWithItsReason() throws Exception {
        alone();
        gateway.post(
                "/api/channels/logs:a:b/events?task=load",
                "{\"message\":\"fine\"}\n"
                        + "{\"password\":\"hunter2\",\"message\":7,\"level\":[]}\n"
                        + "no json",
                "Content-Type",
                "application/x-ndjson");
        gateway.post("/api/v1/lineage", "{\"run\":{\"runId\":\"r\"},\"job\":{}}");
        gateway.post("/lineage", "{\"run\":");

        String list = send("GET", LETTERS);
        assertThat(list)
                .startsWith("200 ")
                .contains("\"target\":\"/api/channels/logs:a:b/events?task=load\"")
                .contains("\"target\":\"/api/v1/lineage\"", "\"target\":\"/lineage\"")
                .contains("This is not valid JSON", "Field 'job.name' must be")
                .doesNotContain("hunter2");
        assertThat(send("GET", LETTERS + "/" + id(list, 1)))
                .contains("[redacted]", "\"principal\":\"anybody\"")
                .doesNotContain("hunter2");
        assertThat(send("GET", LETTERS + "?after=" + id(list, 1) + "&limit=1"))
                .contains("\"id\":" + id(list, 2), "\"next\":" + id(list, 2))
                .doesNotContain("\"id\":" + id(list, 3));
        assertThat(gateway.get("/metrics").body()).contains("tailrace_dead_letters 4.0");
        assertThat(send("DELETE", LETTERS + "/" + id(list, 1))).startsWith("204");
        assertThat(send("GET", LETTERS + "/" + id(list, 1))).startsWith("404");
        assertThat(send("DELETE", LETTERS)).isEqualTo("200 {\"deleted\":3}");
        assertThat(send("GET", LETTERS + "?limit=0")).startsWith("400");
        assertThat(send("GET", LETTERS + "/x")).startsWith("404");
    }

    @Test
    void aLetterIsSentAgainUntilItIsTaken(@TempDir Path disk) throws Exception {
        String[] options = {
            "--store=rocksdb", "--port=0", "--self-check=0s", "--data=" + disk, "--max-channels=1"
        };
        gateway.close();
        gateway = new TestGateway(Gateway.start(Settings.load(options, Map.of())));
        gateway.lines("logs:a:one", "x");
        gateway.post("/api/events", "{\"channel\":\"logs:a:two\",\"message\":\"late\"}");
        String list = send("GET", LETTERS);
        String again = LETTERS + "/" + id(list, 1) + "/redrive";

        assertThat(send("POST", again)).startsWith("422").contains("one too many");
        assertThat(send("GET", LETTERS)).contains("\"tries\":1").doesNotContain("\"id\":2,");

        gateway.close();
        options[4] = "--max-channels=9";
        gateway = new TestGateway(Gateway.start(Settings.load(options, Map.of())));
        assertThat(send("POST", again)).startsWith("200 {\"taken\":true,\"status\":200");
        assertThat(send("POST", again)).startsWith("404");
        assertThat(send("GET", "/api/channels/logs:a:two/events")).contains("late");
    }

    @Test
    void whatWasStoredAllTheSameIsNotStoredTwice(@TempDir Path disk) throws Exception {
        String[] options = {
            "--store=rocksdb", "--port=0", "--self-check=0s", "--data=" + disk, "--max-channels=1"
        };
        gateway.close();
        gateway = new TestGateway(Gateway.start(Settings.load(options, Map.of())));
        String late = "{\"channel\":\"logs:a:two\",\"message\":\"late\"}";
        gateway.lines("logs:a:one", "x");
        gateway.post("/api/events", late);
        String list = send("GET", LETTERS);
        Matcher time = Pattern.compile("\"time\":\"([^\"]+)\"").matcher(list);
        assertThat(time.find()).isTrue();
        gateway.close();
        options[4] = "--max-channels=9";
        gateway = new TestGateway(Gateway.start(Settings.load(options, Map.of())));

        String key = "redrive-" + id(list, 1) + "-" + Instant.parse(time.group(1)).toEpochMilli();
        gateway.post("/api/events", late, "Idempotency-Key", key); // a try without an answer
        assertThat(send("POST", LETTERS + "/" + id(list, 1) + "/redrive")).startsWith("200");

        assertThat(gateway.events("logs:a:two")).hasSize(1);
        assertThat(send("GET", LETTERS)).contains("\"dead_letters\":[]");
    }

    @Test
    void whoMayPublishNowhereLeavesNone() throws Exception {
        String reader = token("reader", "subscribe:logs:acme:*");
        await().until(() -> get(reader, LETTERS).statusCode() == 200);
        String broken = "{\"channel\":\"logs:acme:x\",\"kind\":\"bad kind\"}";

        assertThat(as(reader, "POST", "/api/events", broken).statusCode()).isEqualTo(400);
        assertThat(as(reader, "POST", "/lineage", "{\"run\":").statusCode()).isEqualTo(400);
        assertThat(get(admin, LETTERS).body()).isEqualTo("{\"dead_letters\":[]}");

        assertThat(as(alice, "POST", "/api/events", broken).statusCode()).isEqualTo(400);
        assertThat(get(admin, LETTERS).body()).contains("\"principal\":\"alice\"");
    }

    @Test
    void everybodySeesHisOwnAndAdminsSeeAll() throws Exception {
        String ci = token("ci", "publish:logs:acme:*");
        await().until(() ->
                as(ci, "POST", "/api/channels/logs:acme:x/events", "ok").statusCode() == 200);
        String denied = "{\"channel\":\"logs:acme:x\",\"kind\":\"bad kind\"}";
        assertThat(as(ci, "POST", "/api/events", denied).statusCode()).isEqualTo(400);

        String list = get(ci, LETTERS).body();
        assertThat(list).contains("\"principal\":\"ci\"");
        assertThat(get(alice, LETTERS).body()).isEqualTo("{\"dead_letters\":[]}");
        assertThat(get(alice, LETTERS + "/" + id(list, 1)).statusCode()).isEqualTo(404);
        assertThat(get(admin, LETTERS).body()).contains("\"principal\":\"ci\"");
        assertThat(as(ci, "POST", LETTERS + "/" + id(list, 1) + "/redrive", "").statusCode())
                .isEqualTo(422);
        assertThat(as(alice, "DELETE", LETTERS, "").body()).isEqualTo("{\"deleted\":0}");
        assertThat(as(ci, "DELETE", LETTERS, "").body()).isEqualTo("{\"deleted\":1}");

        assertThat(
                        as(
                                        ci,
                                        "POST",
                                        "/api/events",
                                        "{\"channel\":\"runs:acme:x\",\"kind\":\"status\"}")
                                .statusCode())
                .isEqualTo(403);
        assertThat(get(admin, LETTERS).body())
                .isEqualTo("{\"dead_letters\":[]}"); // a stranger fills nothing
    }
}
