package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Grants change while streams are open. */
class RevocationIT {

    @TempDir private Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;
    private String admin;
    private String alice;
    private String bob;

    @BeforeEach
    void start() {
        admin = token("create", "--name=root", "--grant=admin", "--grant=publish:logs:*");
        alice = token("create", "--name=alice", "--grant=subscribe:logs:acme:*");
        bob = token("create", "--name=bob", "--grant=subscribe:logs:*");
        gateway = new TestGateway("--data=" + data);
    }

    @AfterEach
    void stop() {
        gateway.close();
        http.shutdownNow();
    }

    private String token(String... words) {
        var out = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--data=" + data);
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = new TokenCommand(Map.of(), print, print, Clock.systemUTC()).run(all);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    }

    private HttpRequest.Builder request(String token, String path) {
        return gateway.request(path).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> as(String token, String method, String path, String body)
            throws Exception {
        return gateway.send(request(token, path).method(method, BodyPublishers.ofString(body)));
    }

    private TestStream stream(String token, String session, String query) throws Exception {
        return TestStream.open(http, request(token, "/api/sse/session/" + session + "?" + query));
    }

    private void line(String channel, String text) throws Exception {
        HttpResponse<String> response =
                as(admin, "POST", "/api/channels/" + channel + "/events", text);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private void grant(String... grants) throws Exception {
        String list = grants.length == 0 ? "" : "\"" + String.join("\",\"", grants) + "\"";
        HttpResponse<String> response =
                as(admin, "PUT", "/api/access/grants/alice", "{\"grants\":[" + list + "]}");
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
    }

    private static Event.SessionEnd end(TestStream stream) throws Exception {
        return (Event.SessionEnd) EventCodec.decode(stream.next("session_end").data());
    }

    @Test
    void aStreamCarriesOnlyWhatItsCallerMayRead() throws Exception {
        try (TestStream stream = stream(alice, "a", "channels=logs:*")) {
            line("logs:other:x", "secret");
            line("logs:acme:x", "fine");
            assertThat(stream.messages(1)).containsExactly("fine");
        }
        HttpResponse<String> page =
                as(alice, "GET", "/api/events?session=a&channels=logs:*&tail=9", "");
        assertThat(page.body()).contains("fine").doesNotContain("secret");
        assertThat(as(alice, "GET", "/api/channels", "").body())
                .contains("logs:acme:x")
                .doesNotContain("logs:other:x");
        assertThat(as(alice, "GET", "/api/channels/logs:other:x/events", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyForbiddenChannelsAreRefused() throws Exception {
        for (String path : List.of("/api/sse/session/a?", "/api/events?session=a&")) {
            HttpResponse<String> response =
                    as(alice, "GET", path + "channels=logs:other:x,session:b", "");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("needs the grant 'subscribe:logs:other:x'");
        }
    }

    @Test
    void grantsThatComeAndGoActOnAnOpenStream() throws Exception {
        try (TestStream stream = stream(alice, "a", "channels=logs:*")) {
            line("logs:other:x", "before");
            grant("subscribe:logs:other:*");
            line("logs:other:x", "granted");
            line("logs:other:new", "created later");
            assertThat(stream.messages(2)).containsExactly("granted", "created later");
            grant();
            line("logs:other:x", "revoked");
            line("logs:acme:x", "always");
            assertThat(stream.messages(1)).containsExactly("always");
        }
    }

    @Test
    void aRevokedTokenEndsItsSilentStreamsAndNoOthers() throws Exception {
        try (TestStream stream = stream(alice, "a", "channels=logs:*");
                TestStream other = stream(bob, "b", "channels=logs:*")) {
            stream.next("session_init");
            long begin = System.nanoTime();
            String id = alice.split("_", -1)[1];
            assertThat(as(admin, "DELETE", "/api/access/tokens/" + id, "").statusCode())
                    .isBetween(200, 204);
            Event.SessionEnd end = end(stream);
            assertThat(System.nanoTime() - begin).isLessThan(1_500_000_000L);
            assertThat(end.reason()).isEqualTo("revoked");
            assertThat(end.message()).contains("revoked");
            assertThat(TestStream.ended(stream.next())).isTrue();
            line("logs:acme:x", "for bob");
            assertThat(other.messages(1)).containsExactly("for bob");
        }
    }

    @Test
    void anExpiredTokenEndsItsStream() throws Exception {
        String body =
                "{\"name\":\"carol\",\"grants\":[\"subscribe:logs:*\"],\"expires\":\"%s\"}"
                        .formatted(Instant.now().plusSeconds(2));
        String made = as(admin, "POST", "/api/access/tokens", body).body();
        String brief = made.replaceAll("(?s).*(trc_[^\"]+).*", "$1");
        try (TestStream stream = stream(brief, "c", "channels=logs:*")) {
            assertThat(end(stream).reason()).isEqualTo("expired");
            assertThat(TestStream.ended(stream.next())).isTrue();
        }
    }

    @Test
    void aSessionBelongsToWhoeverUsedItFirst() throws Exception {
        try (TestStream stream = stream(alice, "hers", "channels=logs:*,session:hers")) {
            stream.next("session_init");
            assertThat(as(bob, "GET", "/api/sse/session/hers?channels=logs:*", "").statusCode())
                    .isEqualTo(403);
            String path = "/api/sse/session/hers/channels";
            assertThat(as(bob, "PUT", path, "{\"channels\":[\"logs:*\"]}").statusCode())
                    .isEqualTo(403);
            assertThat(as(alice, "PATCH", path, "{\"add\":[\"logs:b:c\"]}").statusCode())
                    .isEqualTo(200);
            assertThat(as(admin, "PATCH", path, "{\"add\":[\"runs:b:c\"]}").statusCode())
                    .isEqualTo(200);
            assertThat(as(alice, "PUT", path, "{\"channels\":[\"session:b\"]}").statusCode())
                    .isEqualTo(403);
        }
    }

    /**
     * A reader that takes nothing is stuck in a write with what it may have no more: it is cut long
     * before a write takes too long.
     */
    @ParameterizedTest
    @ValueSource(strings = {"the token", "a grant"})
    void aStreamThatIsStuckInAWriteIsCut(String what) throws Exception {
        grant("subscribe:logs:other:*");
        try (RawClient stuck = new RawClient(gateway.port(), 4_096)) {
            stuck.send(
                    "GET /api/sse/session/stuck?channels=logs:other:* HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + alice,
                    "");
            stuck.readUntil("session_init");
            line("logs:other:x", "hello");
            stuck.readUntil("hello");
            String block = ("x".repeat(1_000) + "\n").repeat(500);
            for (int i = 0; i < 16; i++) {
                line("logs:other:x", block);
            }
            await().until(() ->
                    as(admin, "GET", "/api/sessions", "").body().contains("lag_seconds"));
            if (what.equals("a grant")) {
                grant();
            } else {
                as(admin, "DELETE", "/api/access/tokens/" + alice.split("_", -1)[1], "");
            }
            await().atMost(Duration.ofSeconds(10)) // a stalled reader is cut later
                    .until(() ->
                            !as(admin, "GET", "/api/sessions", "").body().contains("\"stuck\""));
        }
    }

    /** Whatever is published after a revocation was answered, is not sent. */
    @Test
    void underLoadNothingIsSentAfterARevocation() throws Exception {
        AtomicBoolean publishing = new AtomicBoolean(true);
        grant("subscribe:logs:other:*");
        try (TestStream stream = stream(alice, "a", "channels=logs:*")) {
            Thread publisher =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (publishing.get()) {
                                        line("logs:other:load", "load\nload\nload");
                                    }
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            for (int i = 0; i < 10; i++) {
                assertThat(granted(stream, "granted " + i)).doesNotContain("revoked");
                grant();
                line("logs:other:x", "revoked " + i);
                line("logs:acme:x", "mark " + i);
                assertThat(upTo(stream, "mark " + i)).doesNotContain("revoked");
                grant("subscribe:logs:other:*");
            }
            publishing.set(false);
            publisher.join();
        }
    }

    /**
     * A stream follows new grants a moment later: until then its channels begin behind the line.
     */
    private String granted(TestStream stream, String message) throws Exception {
        StringBuilder all = new StringBuilder();
        while (!all.toString().endsWith(message + "\n")) {
            line("logs:other:x", message);
            line("logs:acme:x", "go on");
            all.append(TestStream.message(stream.entries(1).getFirst())).append('\n');
        }
        return all.toString();
    }

    private static String upTo(TestStream stream, String message) throws Exception {
        StringBuilder all = new StringBuilder();
        for (SseEvent e = stream.entries(1).getFirst(); ; e = stream.entries(1).getFirst()) {
            all.append(TestStream.message(e)).append('\n');
            if (TestStream.message(e).equals(message)) {
                return all.toString();
            }
        }
    }
}
