package io.tailrace.client;

import static io.tailrace.client.Frames.item;
import static io.tailrace.client.Frames.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Polling;
import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.model.Cursor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What it does when a proxy does not let the stream through. */
@Timeout(180)
class RootConnectionPollingTest extends ConnectionTest {

    RootConnectionPollingTest() throws IOException {}

    @Test
    void aStreamWhoseFirstBytesDoNotComeIsReplacedByPages() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-9", Frames.json("e1-8"), Frames.json("e1-9"))));
        server.thenPage(x -> x.page(page("e1-10", Frames.json("e1-10"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        RootConnection connection = connect(s -> s.withTail(5).withSnapshot());
        passUntil(() -> seen.entries().size() == 3);
        assertThat(seen.story())
                .containsExactly("connecting 1", "polling", "e1-8", "e1-9", "e1-10");
        assertThat(seen.states(Polling.class).getFirst().reason())
                .isEqualTo("polling: the stream arrives late: a proxy buffers it");
        assertThat(server.pagesAsked().stream().map(ScriptedServer.Asked::target))
                .startsWith(
                        "/api/events?channels=logs%3Aacme%3A*&tail=5&snapshot=true"
                                + "&limit=1000&wait=0&session=s1",
                        "/api/events?channels=logs%3Aacme%3A*&snapshot=true&snapshot_due=true"
                                + "&after=e1-9&limit=1000&wait=25&session=s1");
        assertThat(connection.cursor()).hasValue(Cursor.parse("e1-10"));
    }

    @Test
    void returnsToTheStreamWithoutLossOrDoubling() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-2", Frames.json("e1-1"), Frames.json("e1-2"))));
        for (int i = 0; i < 3; i++) {
            server.thenPage(x -> nothing(x, "e1-2"));
        }
        server.then(x -> x.stream().hang()); // after one minute: still buffered
        server.thenPage(x -> x.page(page("e1-3", Frames.json("e1-3"))));
        for (int i = 0; i < 9; i++) {
            server.thenPage(x -> nothing(x, "e1-3"));
        }
        server.then(x ->
                x.stream()
                        .send(Frames.init(0), Frames.log("e1-3"), Frames.log("e1-4"))
                        .hang()); // after two more
        connect();
        passUntil(() -> seen.entries().size() == 4);
        assertThat(seen.entries()).containsExactly("e1-1", "e1-2", "e1-3", "e1-4");
        assertThat(seen.story())
                .containsExactly(
                        "connecting 1",
                        "polling",
                        "e1-1",
                        "e1-2",
                        "e1-3",
                        "connected",
                        "session_init",
                        "e1-4");
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "e1-2");
    }

    @Test
    void asksForPagesWhenStreamsAreCutAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            server.then(ScriptedServer.Exchange::stream);
        }
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connect();
        passUntil(() -> seen.entries().size() == 1);
        assertThat(server.asked()).hasSize(3);
        assertThat(seen.states(Polling.class).getFirst().reason())
                .isEqualTo("polling: streams are cut at once: a proxy does not let them pass");
    }

    @Test
    void asksForPagesWhenOnlyTheStreamFails() {
        for (int i = 0; i < 3; i++) {
            server.then(x -> x.head("502 Bad Gateway"));
        }
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connect();
        passUntil(() -> seen.entries().size() == 1);
        assertThat(seen.states(Polling.class)).hasSize(1);
    }

    @Test
    void aGatewayThatIsDownIsNotAProxysFault() {
        for (int i = 0; i < 4; i++) {
            server.then(x -> x.head("503 Busy"));
            server.thenPage(x -> x.head("503 Busy"));
        }
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        connect();
        passUntil(() -> seen.entries().size() == 1);
        assertThat(seen.states(Polling.class)).isEmpty();
        assertThat(server.pagesAsked()).hasSize(1); // after the third
        assertThat(seen.states(Connected.class)).hasSize(1);
    }

    @Test
    void asksForPagesWhenAProxyAnswersTheStreamInTheGatewaysPlace() {
        server.then(x -> x.head("200 OK", "Content-Type: text/html").send("<html>"));
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connect();
        seen.awaitEntries(1);
        assertThat(seen.states(Stopped.class)).isEmpty();
    }

    @Test
    void twoStreamsInARowThatFallSilentAreTooMany() {
        for (int i = 0; i < 2; i++) {
            server.then(x -> x.stream().send(Frames.init(1_000)).hang());
        }
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connect();
        passUntil(() -> seen.entries().size() == 1);
        assertThat(seen.states(Connected.class)).hasSize(2);
        assertThat(seen.states(Polling.class).getFirst().reason()).contains("fall silent");
    }

    @Test
    void pagesCarryWhatTheStreamWouldSay() {
        server.then(x -> x.stream().hang());
        String gap = json(Frames.gap("e0-5", "e1-7"));
        String resumed =
                "{\"kind\":\"resumed\",\"channel\":\"session:s1\",\"from\":\"e1-7\",\"to\":\"e1-7\"}";
        server.thenPage(x ->
                x.page(
                        page(
                                "e1-8",
                                item(null, gap),
                                item(null, json(Frames.snapshot("e1-7"))),
                                item(null, resumed),
                                item("e1-8", "{\"channel\":\"logs:acme:n\",\"message\":[]}"),
                                Frames.json("e1-8"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connect(s -> s.withSnapshot());
        passUntil(() -> server.pagesAsked().size() == 2);
        assertThat(seen.story())
                .containsExactly(
                        "connecting 1", "polling", "gap", "snapshot", "unreadable", "e1-8");
    }

    @Test
    void whoeverAnswersWithNothingAtOnceIsNotHammered() {
        server.then(x -> x.stream().hang());
        for (int i = 0; i < 100; i++) {
            server.thenPage(x -> x.page(page("e1-1")));
        }
        connect();
        passUntil(() -> !server.pagesAsked().isEmpty());
        for (int i = 0; i < 5; i++) {
            await().until(() -> pacer.pausing(Duration.ofSeconds(1)));
            assertThat(server.pagesAsked()).hasSizeLessThanOrEqualTo(i + 2);
            pacer.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aFailingPageIsSaidAndTheStreamIsTriedFirst() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(x -> x.head("503 Busy"));
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        connect();
        passUntil(() -> seen.entries().size() == 2);
        assertThat(seen.story())
                .containsExactly(
                        "connecting 1", "polling", "e1-1", "waiting 1", "connected", "e1-2");
    }

    @Test
    void aGatewayThatGivesNoPagesAnyMoreIsLeftToTheStream() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(x -> x.head("404 Not Found"));
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        connect();
        passUntil(() -> seen.entries().size() == 2);
        assertThat(seen.states(Stopped.class)).isEmpty();
    }

    @Test
    void whatIsNoPageIsSaid() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(x -> x.page("{\"events\":5}"));
        connect();
        passUntil(() -> !seen.states(Waiting.class).isEmpty());
        assertThat(seen.states(Waiting.class).getFirst().reason())
                .startsWith("The gateway's answer cannot be understood: ");
    }

    @Test
    void reconnectNowTriesTheStreamAtOnce() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(page("e1-1", Frames.json("e1-1"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        RootConnection connection = connect();
        passUntil(() -> server.pagesAsked().size() == 2);
        connection.reconnectNow();
        seen.awaitEntries(2);
        seen.await(Connected.class, 1);
    }

    /** Answers as the gateway does when nothing happens: after 25 seconds. */
    private void nothing(ScriptedServer.Exchange exchange, String next) throws IOException {
        long start = pacer.nanos();
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> pacer.nanos() - start >= Duration.ofSeconds(25).toNanos());
        exchange.page(page(next));
    }

    /** Lets time pass until something is so. */
    private void passUntil(Callable<Boolean> so) {
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    boolean enough = so.call();
                    if (!enough) {
                        pacer.advance(Duration.ofMillis(500));
                    }
                    return enough;
                });
    }

    /** The data of a frame. */
    private static String json(byte[] frame) {
        return Stream.of(new String(frame, UTF_8).split("\n"))
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .findFirst()
                .orElseThrow();
    }
}
