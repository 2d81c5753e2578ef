package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.settings.SettingsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Who comes in at all. */
class AccessIT extends GuardedGateway {

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
    void whoShowsNoTokenIsAskedForOneHoweverOften() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(gateway.get("/api/runs").statusCode()).isEqualTo(401);
        }
        assertThat(get("trc_000000000000_" + "x".repeat(43), "/api/runs").statusCode())
                .isEqualTo(401);
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

    @Test
    void secretsAreNeitherLoggedNorAnswered() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        logged.add(
                                record.getMessage()
                                        + Arrays.toString(record.getParameters())
                                        + record.getThrown());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            String secret = alice.substring(17);
            List<HttpResponse<String>> answers =
                    List.of(
                            get(alice.replace(secret, secret.substring(1) + "x"), "/api/runs"),
                            gateway.get("/api/runs?token=" + alice),
                            gateway.get("/nothing?x=" + alice),
                            get(alice, "/nothing"),
                            get(alice, "/metrics"),
                            get(admin, "/api/access/tokens"),
                            as(alice, "POST", "/api/events", "{"));
            root.warning("the listener listens");

            assertThat(answers)
                    .allSatisfy(a -> assertThat(a.body()).doesNotContain(secret, "trc_"));
            assertThat(logged).anyMatch(l -> l.contains("the listener listens"));
            assertThat(logged).noneMatch(l -> l.contains(secret) || l.contains("trc_"));
        } finally {
            root.removeHandler(listener);
        }
    }
}
