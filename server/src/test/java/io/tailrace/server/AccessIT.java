package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway that asks for tokens, over HTTP and from the command line. */
class AccessIT {

    @TempDir private Path data;
    private TestGateway gateway;
    private String admin;
    private String alice;

    @BeforeEach
    void start() {
        admin = token("root", "admin");
        alice =
                token(
                        "alice",
                        "subscribe:logs:acme:*",
                        "subscribe:runs:acme:*",
                        "publish:logs:acme:*",
                        "publish:runs:acme:*",
                        "subscribe:alerts:{user}");
        gateway = new TestGateway("--data=" + data);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String token(String name, String... grants) {
        List<String> words = new ArrayList<>(List.of("create", "--name=" + name));
        for (String grant : grants) {
            words.add("--grant=" + grant);
        }
        return command(words.toArray(String[]::new)).strip();
    }

    /** What the command line prints. */
    private String command(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--data=" + data);
        var command =
                new TokenCommand(
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC());
        assertThat(command.run(all)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> as(String token, String method, String path, String body)
            throws Exception {
        return gateway.send(
                gateway.request(path)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        return as(token, "GET", path, "");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(sentence).doesNotContain("trc_", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/events",
                "/api/runs",
                "/api/channels",
                "/api/channels/logs:acme:etl/events",
                "/api/sse/session/x?channels=logs:*",
                "/api/access/tokens",
                "/api/sessions",
                "/metrics",
                "/nothing",
                "//api/runs",
                "/health/live/../../api/runs",
                "/health/live/..%2f..%2fapi/runs",
                "/health/live%2f..%2f..%2fapi/runs",
                "/HEALTH/live"
            })
    void nothingIsThereForWhoeverHasNoToken(String path) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close", "");
            String answer = client.readToEnd();

            assertThat(answer).doesNotStartWith("HTTP/1.1 2").containsPattern("HTTP/1.1 40[014]");
            assertThat(answer).doesNotContain("acme");
        }
    }

    @Test
    void saysHowToComeInAndLetsHealthBeAsked() throws Exception {
        HttpResponse<String> refused = gateway.get("/api/runs");

        assertProblem(refused, 401, "'Authorization: Bearer …'");
        assertThat(refused.headers().firstValue("www-authenticate"))
                .contains("Bearer realm=\"tailrace\"");
        assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Bearer x                | not an API token
                    Bearer trc_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | unknown or was revoked
                    Basic cm9vdDpyb290      | must be there once
                    Bearer                  | must be there once
                    """)
    void refusesTokensThatAreNone(String header, String sentence) throws Exception {
        HttpResponse<String> response =
                gateway.send(gateway.request("/api/runs").header("Authorization", header));

        assertProblem(response, 401, sentence);
    }

    @Test
    void refusesTwoTokensAndHugeOnes() throws Exception {
        HttpResponse<String> two =
                gateway.send(
                        gateway.request("/api/runs")
                                .header("Authorization", "Bearer " + alice)
                                .header("Authorization", "Bearer " + admin));
        HttpResponse<String> huge = get("x".repeat(9_000), "/api/runs");

        assertThat(two.statusCode()).isEqualTo(401);
        assertThat(huge.statusCode()).isBetween(400, 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "token", "ACCESS_TOKEN", "channels", "after"})
    void aTokenInTheAddressIsRefused(String parameter) throws Exception {
        HttpResponse<String> response =
                gateway.send(
                        gateway.request("/api/channels?" + parameter + "=" + alice)
                                .header("Authorization", "Bearer " + alice));

        assertProblem(response, 400, "did not log it");
    }

    @Test
    void manyWrongTokensAreSlowedDownButAGoodOneIsNot() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get("wrong", "/api/runs").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> enough = get("wrong", "/api/runs");

        assertProblem(enough, 429, "Too many tokens");
        assertThat(Integer.parseInt(enough.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 61);
        assertThat(get(alice, "/api/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void publishersReachOnlyTheirChannels() throws Exception {
        assertThat(as(alice, "POST", "/api/channels/logs:acme:etl/events", "hello").statusCode())
                .isEqualTo(200);
        assertProblem(
                as(alice, "POST", "/api/channels/logs:other:etl/events", "hello"),
                403,
                "'alice' needs the grant 'publish:logs:other:etl'");
        assertProblem(
                as(
                        alice,
                        "POST",
                        "/api/events",
                        "{\"channel\":\"logs:other:etl\",\"message\":\"x\"}"),
                403,
                "publish:logs:other:etl");
        HttpResponse<String> mixed =
                as(
                        alice,
                        "POST",
                        "/api/events",
                        """
                        {"channel":"logs:other:x","message":"1"}
                        {"channel":"logs:acme:x","message":"2"}
                        {"channel":"session:victim","kind":"status","message":"3"}
                        {"channel":"commands:acme:x","kind":"command","id":"1","verb":"cancel","run":"r"}
                        {"channel":"runs:acme:x","kind":"command","id":"1","verb":"cancel","run":"r"}
                        """);
        assertThat(mixed.statusCode()).isEqualTo(200);
        assertThat(mixed.body())
                .contains(
                        "\"accepted\":1",
                        "\"rejected_count\":4",
                        "publish:session:victim",
                        "command:commands:acme:x",
                        "command:runs:acme:x");
    }

    @Test
    void anEventMayNotLeaveItsChannelByWhatItSays() throws Exception {
        HttpResponse<String> response =
                as(
                        alice,
                        "POST",
                        "/api/channels/logs:acme:etl/events",
                        "{\"channel\":\"logs:other:etl\",\"message\":\"x\"}");

        assertProblem(response, 403, "publish:logs:other:etl");
    }

    @Test
    void aPipeThatMayNotPublishIsToldBeforeItEnds() throws Exception {
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:other:etl/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + alice,
                    "Transfer-Encoding: chunked",
                    "");
            assertThat(pipe.readToEnd()).startsWith("HTTP/1.1 403").contains("publish:logs:other");
        }
    }

    @Test
    void aPipeEndsWhenItsTokenIsRevoked() throws Exception {
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:acme:live/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + alice,
                    "Transfer-Encoding: chunked",
                    "");
            pipe.chunk("before\n");
            await().until(() ->
                    get(alice, "/api/channels/logs:acme:live/events").body().contains("before"));
            as(admin, "DELETE", "/api/access/tokens/" + id(alice), "");
            pipe.chunk("after\n");

            assertThat(pipe.readToEnd())
                    .startsWith("HTTP/1.1 403")
                    .contains("was revoked", "\"accepted\":1");
        }
    }

    @Test
    void aPipeLosesAChannelWhenItsGrantGoes() throws Exception {
        String bob = token("bob");
        as(admin, "PUT", "/api/access/grants/bob", "{\"grants\":[\"publish:logs:acme:*\"]}");
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:acme:bob/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + bob,
                    "Transfer-Encoding: chunked",
                    "");
            pipe.chunk("one\n");
            await().until(() ->
                    get(alice, "/api/channels/logs:acme:bob/events").body().contains("one"));
            assertThat(as(admin, "DELETE", "/api/access/grants/bob", "").statusCode())
                    .isEqualTo(204);
            pipe.chunk("two\n").send("0", "");

            assertThat(pipe.readUntil("cursor"))
                    .contains("\"accepted\":1", "publish:logs:acme:bob");
        }
    }

    private static String id(String token) {
        return token.substring(4, 16);
    }

    @Test
    void runsOfOthersAreNotThere() throws Exception {
        String bob = token("bob", "publish:runs:*", "subscribe:runs:other:*");
        await().until(() -> get(bob, "/api/runs").statusCode() == 200);
        for (String workspace : List.of("acme", "other")) {
            as(
                    bob,
                    "POST",
                    "/api/channels/runs:" + workspace + ":w/events",
                    "{\"kind\":\"workflow_started\",\"run\":\"r-" + workspace + "\"}");
        }
        assertThat(get(alice, "/api/runs").body()).contains("r-acme").doesNotContain("r-other");
        assertThat(get(bob, "/api/runs").body()).contains("r-other").doesNotContain("r-acme");
        assertProblem(get(alice, "/api/runs/r-other"), 404, "There is no run");
        assertProblem(get(alice, "/api/runs/other/w/r-other"), 403, "subscribe:runs:other:w");
        assertProblem(get(alice, "/api/runs/other/w/none"), 403, "subscribe:runs:other:w");
        assertThat(get(alice, "/api/runs/acme/w/r-acme").statusCode()).isEqualTo(200);
        assertProblem(get(alice, "/api/runs/a:b/w*/x"), 404, "There is no run");
    }

    @Test
    void commandsNeedTheirGrantAndBearTheName() throws Exception {
        as(
                alice,
                "POST",
                "/api/channels/runs:acme:w/events",
                "{\"kind\":\"workflow_started\",\"run\":\"r1\"}");
        String cancel =
                "{\"workspace\":\"acme\",\"workflow\":\"w\",\"run\":\"r1\",\"verb\":\"cancel\"}";
        assertProblem(as(alice, "POST", "/api/commands", cancel), 403, "command:commands:acme:w");
        as(
                admin,
                "PUT",
                "/api/access/grants/alice",
                "{\"grants\":[\"command:commands:acme:*\",\"subscribe:commands:acme:*\"]}");

        assertThat(as(alice, "POST", "/api/commands", cancel).statusCode()).isEqualTo(202);
        as(
                alice,
                "POST",
                "/api/channels/commands:acme:w/events",
                "{\"kind\":\"command\",\"id\":\"7\",\"verb\":\"cancel\",\"run\":\"r1\","
                        + "\"user\":\"root\"}");
        assertThat(get(alice, "/api/channels/commands:acme:w/events").body())
                .contains("\"user\":\"alice\"", "\"id\":\"7\"")
                .doesNotContain("\"user\":\"root\"");
    }

    @Test
    void answersRestOnWhatTheCallerMaySeeAndGoToHisOwnSession() throws Exception {
        String bob = token("bob", "publish:*", "subscribe:logs:bobs:*", "subscribe:runs:bobs:*");
        await().until(() -> get(bob, "/api/runs").statusCode() == 200);
        as(bob, "POST", "/api/channels/logs:other:w/events?run=hidden", "secret timeout here");
        as(bob, "POST", "/api/channels/logs:acme:w/events?run=shown", "public timeout here");
        as(
                alice,
                "POST",
                "/api/chat/question",
                "{\"session\":\"s1\",\"message\":\"show lines about timeout\"}");
        as(
                alice,
                "POST",
                "/api/chat/question",
                "{\"session\":\"s1\",\"message\":\"what is running?\"}");
        String page = "/api/channels/session:s1/events";
        await().until(() -> get(alice, page).body().split("\"done\":true", -1).length == 3);

        assertThat(get(alice, page).body())
                .contains("public timeout", "shown", "\"user\":\"alice\"")
                .doesNotContain("secret", "hidden", "other");
        assertProblem(
                as(bob, "POST", "/api/chat/question", "{\"session\":\"s1\",\"message\":\"hi\"}"),
                403,
                "belongs to somebody else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/api/sessions",
                "/api/access/grants",
                "/api/access/tokens",
                "/api/access/../access/tokens"
            })
    void onlyAdminsSeeHowTheGatewayRuns(String path) throws Exception {
        assertProblem(get(alice, path), 403, "'alice' needs the grant 'admin'");
        assertThat(get(admin, path).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAdminsChangeAccess() throws Exception {
        String grants = "{\"grants\":[\"admin\"]}";
        assertProblem(as(alice, "PUT", "/api/access/grants/alice", grants), 403, "admin");
        assertProblem(as(alice, "DELETE", "/api/access/grants/bob", ""), 403, "admin");
        assertProblem(as(alice, "POST", "/api/access/tokens", "{}"), 403, "admin");
        assertProblem(as(alice, "DELETE", "/api/access/tokens/" + id(admin), ""), 403, "admin");
        assertThat(get(admin, "/api/access/grants").body()).contains("\"principals\":{}");
    }

    @Test
    void anAdminMakesATokenThatIsShownOnce() throws Exception {
        HttpResponse<String> made =
                as(
                        admin,
                        "POST",
                        "/api/access/tokens",
                        "{\"name\":\"ci\",\"grants\":[\"subscribe:runs:*\"]}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("cache-control")).contains("no-store");
        String token = made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");

        assertThat(get(token, "/api/runs").statusCode()).isEqualTo(200);
        assertThat(get(admin, "/api/access/tokens").body())
                .contains("\"ci\"", id(token))
                .doesNotContain("trc_", "sha256", token.substring(17));
        assertThat(Files.readString(data.resolve("access/tokens.json")))
                .doesNotContain(token.substring(17));
        assertThat(as(admin, "DELETE", "/api/access/tokens/" + id(token), "").statusCode())
                .isEqualTo(204);
        assertProblem(get(token, "/api/runs"), 401, "revoked");
        assertProblem(as(admin, "DELETE", "/api/access/tokens/" + id(token), ""), 404, "no token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"grants\":[\"write:x\"]}",
                "{\"grants\":\"admin\"}",
                "{}",
                "[]",
                "{\"grants\":[3]}",
                "{\"grants\":[\"subscribe:logs:a:b\\r\\nadmin\"]}"
            })
    void grantsThatAreNoneAreRefused(String body) throws Exception {
        HttpResponse<String> response = as(admin, "PUT", "/api/access/grants/alice", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(get(admin, "/api/access/grants").body()).contains("\"principals\":{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anybody", "a%0d%0ab", "%20", "a%e2%80%aeb"})
    void namesThatMisleadGetNoGrants(String name) throws Exception {
        assertThat(
                        as(admin, "PUT", "/api/access/grants/" + name, "{\"grants\":[\"admin\"]}")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCommandLineActsOnARunningGateway() throws Exception {
        String late = token("late", "subscribe:runs:*");
        await().until(() -> get(late, "/api/runs").statusCode() == 200);
        assertThat(command("list"))
                .contains(id(late), "late", "never expires")
                .doesNotContain("trc");

        command("revoke", id(late));
        await().until(() -> get(late, "/api/runs").statusCode() == 401);
    }

    @Test
    void grantsSetByAnAdminSurviveARestart() throws Exception {
        as(admin, "PUT", "/api/access/grants/alice", "{\"grants\":[\"admin\"]}");
        gateway.close();
        gateway = new TestGateway("--data=" + data);

        assertThat(get(alice, "/api/sessions").statusCode()).isEqualTo(200);
    }

    @Test
    void grantsInAFileAreFollowed(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("grants.conf");
        Files.writeString(file, "principals { alice = [\"subscribe:logs:shop:*\"] }");
        gateway.close();
        gateway = new TestGateway("--data=" + data, "--grants-file=" + file);
        assertThat(get(admin, "/api/access/grants").body()).contains("subscribe:logs:shop:*");

        Files.writeString(file, "principals { \"alice\" = [\"admin\", \"subscribe:runs:*\"] }");
        await().until(() -> get(alice, "/api/sessions").statusCode() == 200);
        Files.writeString(file, "principals { alice = [nonsense] }");
        Files.writeString(file, "principals { }");
        await().until(() -> get(alice, "/api/sessions").statusCode() == 403);
    }

    @Test
    void anOpenGatewayClosesWithItsFirstToken(@TempDir Path fresh) throws Exception {
        gateway.close();
        gateway = new TestGateway("--data=" + fresh);
        assertThat(gateway.get("/api/sessions").statusCode()).isEqualTo(200);
        data = fresh;
        String first = token("first", "admin");

        await().until(() -> gateway.get("/api/runs").statusCode() == 401);
        assertThat(get(first, "/api/sessions").statusCode()).isEqualTo(200);
        Files.delete(fresh.resolve("access/tokens.json"));
        await().until(() -> get(first, "/api/sessions").statusCode() == 401);
        assertThat(gateway.get("/api/runs").statusCode()).isEqualTo(401);
    }

    @Test
    void offLoopbackItNeedsToKnowWhoMayComeIn(@TempDir Path fresh) {
        assertThatThrownBy(() -> start("--bind=0.0.0.0", "--data=" + fresh))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("nothing says who may come in")
                .hasMessageContaining("insecure-allow-remote=true");
        start("--bind=0.0.0.0", "--data=" + data).close();
        start("--bind=0.0.0.0", "--insecure-allow-remote=true", "--data=" + fresh).close();
    }

    @Test
    void anUnreadableFileOfTokensStopsTheStart(@TempDir Path broken) throws Exception {
        Files.createDirectories(broken.resolve("access"));
        Files.writeString(broken.resolve("access/tokens.json"), "{");

        assertThatThrownBy(() -> start("--data=" + broken))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("tokens file cannot be understood");
    }

    private static Gateway start(String... options) {
        List<String> all = new ArrayList<>(List.of("--store=memory", "--port=0"));
        all.addAll(List.of(options));
        Settings settings = Settings.load(all.toArray(String[]::new), Map.of());
        return Gateway.start(settings, new MemoryEventLog());
    }
}
