package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who may change access, over HTTP, from the command line and in files. */
class AccessAdminIT extends GuardedGateway {

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
    void changesAreLoggedOnceWithWhoMadeThem() throws Exception {
        try (var lines = new LoggedLines("io.tailrace.server.access.Access")) {
            as(admin, "PUT", "/api/access/grants/bob", "{\"grants\":[\"subscribe:logs:*\"]}");
            as(admin, "DELETE", "/api/access/grants/bob", "");
            String made =
                    as(admin, "POST", "/api/access/tokens", "{\"name\":\"ci\",\"grants\":[]}")
                            .body();
            String id = id(made.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1"));
            as(admin, "DELETE", "/api/access/tokens/" + id, "");

            assertThat(lines.all())
                    .containsExactly(
                            "'root' set the grants of 'bob': [subscribe:logs:*].",
                            "'root' took the grants of 'bob' away.",
                            "'root' made the token " + id + " of 'ci' with the grants [].",
                            "'root' revoked the token " + id + ".");
            String later = id(token("late", "subscribe:logs:*")); // by the command line
            await().until(() -> lines.all().size() > 4);
            assertThat(lines.all().getLast()).contains("tokens or grants have changed");
            assertThat(get(admin, "/api/access/tokens").body()).contains(later);
        }
    }

    @Test
    void theGatewaySaysThatItsFirstTokenClosesIt() throws Exception {
        try (var open = new TestGateway();
                var lines = new LoggedLines("io.tailrace.server.access.Access")) {
            open.post("/api/access/tokens", "{\"name\":\"x\",\"grants\":[\"admin\"]}");

            assertThat(lines.all())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("closed now", "callers need a token");
        }
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
}
