package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What it does about answers that are no stream. */
class RootConnectionRefusalTest extends ConnectionTest {

    RootConnectionRefusalTest() throws IOException {}

    @Test
    void noContentMeansStop() {
        server.then(x -> x.head("204 No Content"));
        connect();
        assertThat(seen.await(Stopped.class, 1).reason())
                .isEqualTo("The gateway has ended this session.");
    }

    @Test
    void givesTheGatewaysWordsForARefusal() {
        String problem =
                "{\"type\":\"about:blank\",\"title\":\"Not found\",\"extra\":{\"detail\":\"no\"},"
                        + "\"detail\":\"Channel 'x' must start with logs.\"}";
        server.then(x ->
                x.head("404 Not Found", "Content-Type: application/problem+json").send(problem));
        connect();
        assertThat(seen.await(Stopped.class, 1).reason())
                .isEqualTo("Channel 'x' must start with logs.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    404 | text/html | <html>    | The gateway answered with status 404 (not found).
                    400 | application/problem+json | {"detail":5,"title":"Bad"} | Bad
                    400 | application/problem+json | {"detail":"cut off | The gateway answered with status 400.
                    410 | application/problem+json | {"detail":"Gone.","more":{ | Gone.
                    206 | text/event-stream | x | The gateway answered with status 206.
                    """)
    void aClientErrorIsFinal(int status, String type, String body, String reason) {
        server.then(x -> x.head(status + " No", "Content-Type: " + type).send(body));
        connect();
        assertThat(seen.await(Stopped.class, 1).reason()).isEqualTo(reason);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"408", "425", "429", "500", "502", "503", "599"})
    void otherFailuresPass(String status) {
        server.then(x ->
                x.head(status + " Later", "Content-Type: application/problem+json")
                        .send("{\"detail\":\"Too busy.\"}"));
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        connect();
        Waiting waiting = seen.await(Waiting.class, 1);
        assertThat(waiting.reason()).isEqualTo("Too busy.");
        assertThat(waiting.attempt()).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    17 | 17
                    0 | 1
                    Sat, 21 Nov 2026 10:00:40 GMT | 40
                    Sat, 21 Nov 2026 09:00:00 GMT | 1
                    999999999 | 300
                    99999999999999 | 1
                    soon | 1
                    -5 | 1
                    """)
    void waitsAsLongAsTheGatewaySays(String retryAfter, long seconds) {
        server.then(x -> x.head("503 Busy", "Retry-After: " + retryAfter));
        connect();
        Waiting waiting = seen.await(Waiting.class, 1);
        assertThat(Duration.between(pacer.now(), waiting.until()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void backsOffAndBeginsAnewAfterASuccess() {
        for (int i = 0; i < 7; i++) {
            server.then(x -> x.head("500 Oops"));
        }
        server.then(x -> x.stream().send(Frames.init(0)));
        server.then(x -> x.head("500 Oops"));
        connect();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 1, 2}) {
            pass(Duration.ofSeconds(seconds));
        }
        assertThat(seen.states(Waiting.class).stream().map(Waiting::attempt))
                .startsWith(2, 3, 4, 5, 6, 7, 8, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectOnTheSameHost(int status) {
        server.then(x -> x.head(status + " Elsewhere", "Location: /other?x=1"));
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        connect();
        seen.awaitEntries(1);
        assertThat(server.asked().get(1).target()).isEqualTo("/other?x=1");
        assertThat(server.asked().get(1).method()).isEqualTo("GET");
    }

    @Test
    void keepsTheCursorAcrossRedirects() throws IOException {
        try (ScriptedServer other =
                new ScriptedServer(x -> x.stream().send(Frames.log("e1-9")).hang())) {
            server.then(x -> x.stream().send(Frames.log("e1-8")));
            server.then(x -> x.head("307 There", "Location: " + other.uri() + "/there"));
            connect();
            pass(Duration.ofSeconds(1));
            seen.awaitEntries(2);
            assertThat(other.asked().getFirst().headers()).containsEntry("last-event-id", "e1-8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/steal",
                "ftp://127.0.0.1/x",
                "file:///etc/passwd",
                "http://127.0.0.1.example.com/",
                "http://user:secret@127.0.0.1/",
                "http://[bad",
                "//example.com/x"
            })
    void refusesToBeSentElsewhere(String location) {
        server.then(x -> x.head("302 Elsewhere", "Location: " + location));
        connect();
        assertThat(seen.await(Stopped.class, 1).reason())
                .contains("redirects to " + location)
                .contains("set it as the gateway's address");
    }

    @Test
    void noticesARedirectCircle() {
        for (int i = 0; i < 10; i++) {
            server.then(x -> x.head("302 Round", "Location: /round"));
        }
        connect();
        assertThat(seen.await(Stopped.class, 1).reason()).contains("redirects in a circle");
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void anotherContentTypeIsNotAGateway() {
        server.then(x -> x.head("200 OK", "Content-Type: text/html").send("<html>"));
        connect();
        assertThat(seen.await(Stopped.class, 1).reason())
                .isEqualTo(
                        server.uri()
                                + " answered with text/html instead of an event stream. Is this"
                                + " the address of a Tailrace gateway?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream;charset=UTF-8",
                "TEXT/Event-Stream",
                "text/event-stream ; a=b"
            })
    void takesAnyWritingOfTheContentType(String type) {
        server.then(x -> x.head("200 OK", "Content-Type: " + type).send(Frames.log("e1-1")).hang());
        connect();
        seen.awaitEntries(1);
    }

    @Test
    void aLongerContentTypeIsAnotherOne() {
        server.then(x -> x.head("200 OK", "Content-Type: text/event-streams").hang());
        connect();
        seen.await(Stopped.class, 1);
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        URI uri = server.uri();
        server.close();
        connect();
        assertThat(seen.await(Waiting.class, 1).reason())
                .isEqualTo("Cannot reach the gateway at " + uri + ": connection refused.");
    }

    @Test
    void saysWhenTheHostIsUnknown() {
        var unknown = URI.create("http://no-such-host.invalid:8787");
        connect(s -> RootConnectionSettings.of(unknown, "s1", s.channels()).withTiming(s.timing()));
        assertThat(seen.await(Waiting.class, 1).reason())
                .isEqualTo(
                        "Cannot reach the gateway at " + unknown + ": the host name is unknown.");
    }

    @Test
    void garbageInsteadOfHttpPassesLikeACut() {
        server.then(x -> x.send("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        connect();
        assertThat(seen.await(Waiting.class, 1).reason())
                .startsWith("Cannot reach the gateway at " + server.uri() + ": ");
    }

    @Test
    void aCutChunkedStreamIsACut() {
        server.then(x ->
                x.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n100\r\n")
                        .send("data: {"));
        connect();
        assertThat(seen.await(Waiting.class, 1).reason())
                .startsWith("The connection to the gateway was cut: ");
    }

    @Test
    void givesUpWaitingForHeaders() {
        server.then(ScriptedServer.Exchange::hang);
        connect();
        awaitSilence();
        assertThat(seen.states(Waiting.class).getFirst().reason())
                .isEqualTo(
                        "The gateway at %s did not answer within 10 seconds."
                                .formatted(server.uri()));
    }

    @Test
    void givesUpWaitingForTheWordsOfARefusal() {
        server.then(x -> x.head("404 No", "Content-Type: application/problem+json").hang());
        connect();
        awaitSilence();
        assertThat(seen.states(Waiting.class)).isNotEmpty();
    }

    @Test
    void anOpenStreamMayNotBeSilent() {
        server.then(x -> x.stream().hang());
        connect();
        awaitSilence();
        assertThat(seen.states(Waiting.class).getFirst().reason())
                .isEqualTo("The stream is open, but nothing came within 5 seconds.");
    }

    @Test
    void twoAndAHalfHeartbeatsOfSilenceAreTooMany() {
        server.then(x -> x.stream().send(Frames.init(4_000)).send(Frames.heartbeat("e1-7")).hang());
        connect();
        awaitSilence();
        assertThat(seen.story())
                .startsWith("connecting 1", "connected", "session_init", "heartbeat", "waiting 1");
        assertThat(seen.states(Waiting.class).getFirst().reason())
                .isEqualTo("The gateway has been silent for 10 seconds.");
    }

    /** Lets time pass until the connection has had enough. */
    private void awaitSilence() {
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    pacer.advance(Duration.ofMillis(500));
                    return !seen.states(Waiting.class).isEmpty();
                });
    }
}
