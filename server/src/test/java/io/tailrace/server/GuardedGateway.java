package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.settings.Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway that asks for tokens, with one for an admin and one for somebody who may little. */
abstract class GuardedGateway {

    @TempDir Path data;
    TestGateway gateway;
    String admin;
    String alice;

    @BeforeEach
    void startGuarded() {
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

    static Gateway start(String... options) {
        List<String> all = new ArrayList<>(List.of("--store=memory", "--port=0"));
        all.addAll(List.of(options));
        Settings settings = Settings.load(all.toArray(String[]::new), Map.of());
        return Gateway.start(settings, new MemoryEventLog());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    String token(String name, String... grants) {
        List<String> words = new ArrayList<>(List.of("create", "--name=" + name));
        for (String grant : grants) {
            words.add("--grant=" + grant);
        }
        return command(words.toArray(String[]::new)).strip();
    }

    /** What the command line prints. */
    String command(String... words) {
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

    HttpResponse<String> as(String token, String method, String path, String body)
            throws Exception {
        return gateway.send(
                gateway.request(path)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String token, String path) throws Exception {
        return as(token, "GET", path, "");
    }

    static void assertProblem(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(sentence).doesNotContain("trc_", "Exception");
    }

    static String id(String token) {
        return token.substring(4, 16);
    }
}
