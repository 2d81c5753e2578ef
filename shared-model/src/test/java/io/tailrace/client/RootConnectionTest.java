package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

class RootConnectionTest extends ConnectionTest {

    RootConnectionTest() throws IOException {}

    @Test
    void tellsOneOrderedStory() {
        server.then(
                x -> x.stream().send(Frames.init(30_000), Frames.log("e1-8"), Frames.log("e1-9")));
        connect();
        seen.await(Waiting.class, 1);
        assertThat(seen.story())
                .containsExactly(
                        "connecting 1", "connected", "session_init", "e1-8", "e1-9", "waiting 1");
        assertThat(seen.await(Waiting.class, 1))
                .isEqualTo(
                        new Waiting(
                                pacer.now().plusSeconds(1),
                                1,
                                "The gateway closed the connection."));
    }

    @Test
    void asksForWhatTheSettingsSay() {
        server.then(x -> x.stream().hang());
        connect(s -> s.withTail(200).withSnapshot());
        await().until(() -> server.asked().size() == 1);
        var asked = server.asked().getFirst();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.target())
                .isEqualTo(
                        "/api/sse/session/s1?channels=logs%3Aacme%3A%2A&tail=200&snapshot=true"
                                .replace("%2A", "*"));
        assertThat(asked.headers())
                .containsEntry("accept", "text/event-stream")
                .doesNotContainKey("last-event-id")
                .doesNotContainKey("upgrade");
    }

    @Test
    void resumesAfterTheLastEntry() {
        server.then(
                x -> x.stream().send(Frames.init(0), Frames.snapshot("e1-7"), Frames.log("e1-8")));
        server.then(x -> x.stream().send(Frames.log("e1-9")).hang());
        RootConnection connection = connect(s -> s.withTail(200).withSnapshot());
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(2);
        assertThat(seen.entries()).containsExactly("e1-8", "e1-9");
        var again = server.asked().get(1);
        assertThat(again.headers()).containsEntry("last-event-id", "e1-8");
        assertThat(again.target())
                .isEqualTo("/api/sse/session/s1?channels=logs%3Aacme%3A*&snapshot=true");
        assertThat(connection.cursor()).hasValue(Cursor.parse("e1-9"));
    }

    @Test
    void beginsAfterAKeptCursor() {
        server.then(x -> x.stream().hang());
        connect(s -> s.withAfter(Cursor.parse("e1-5")).withTail(10));
        await().until(() -> server.asked().size() == 1);
        assertThat(server.asked().getFirst().headers()).containsEntry("last-event-id", "e1-5");
        assertThat(server.asked().getFirst().target()).doesNotContain("tail");
    }

    @Test
    void losesNothingWhenItIsCutBeforeTheFirstEntry() {
        server.then(x -> x.stream().send(Frames.init(0)));
        server.then(x -> x.stream().hang());
        connect();
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 2);
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "e1-7");
    }

    @Test
    void insistsOnASnapshotThatItDidNotGet() {
        server.then(x -> x.stream().send(Frames.init(0), Frames.log("e1-8")));
        server.then(x -> x.stream().send(Frames.snapshot("e1-8"), Frames.log("e1-9")));
        server.then(x -> x.stream().send(Frames.gap("e1-9", "e2-4"), Frames.log("e2-5")));
        server.then(x -> x.stream().hang());
        connect(s -> s.withSnapshot());
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 4);
        assertThat(server.asked().stream().map(a -> a.target().contains("snapshot_due=true")))
                .containsExactly(false, true, false, true);
    }

    @Test
    void handsNoEntryOverTwice() {
        server.then(x -> x.stream().send(Frames.log("e1-8"), Frames.log("e1-9")));
        server.then(x ->
                x.stream()
                        .send(Frames.log("e1-8"), Frames.log("e1-9"), Frames.log("e1-10"))
                        .hang());
        connect();
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(3);
        assertThat(seen.entries()).containsExactly("e1-8", "e1-9", "e1-10");
    }

    @Test
    void followsTheLogIntoANewEpoch() {
        server.then(x -> x.stream().send(Frames.log("e1-800")));
        server.then(x -> x.stream().send(Frames.gap("e1-800", "e2-0"), Frames.log("e2-1")));
        server.then(x -> x.stream().hang());
        connect();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 3);
        assertThat(seen.entries()).containsExactly("e1-800", "e2-1");
        assertThat(server.asked().get(2).headers()).containsEntry("last-event-id", "e2-1");
    }

    @Test
    void believesALogThatHasForgotten() {
        server.then(x -> x.stream().send(Frames.log("e1-800")));
        server.then(
                x -> x.stream().send(Frames.gap("e1-800", "e1-500"), Frames.log("e1-501")).hang());
        connect();
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(2);
        assertThat(seen.entries()).containsExactly("e1-800", "e1-501");
    }

    @Test
    void anEntryCutInTheMiddleComesWholeAfterwards() {
        byte[] frame = Frames.log("e1-8", "größer 漢字 😀");
        byte[] end = "\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int cut = 1; cut < frame.length; cut++) {
            byte[] part = Arrays.copyOf(frame, cut);
            // as if the stream had been well-formed up to the cut
            server.then(x -> x.stream().send(Frames.init(0), part));
        }
        server.then(x -> x.stream().send(frame, end).hang());
        connect();
        for (int cut = 1; cut < frame.length; cut++) {
            pass(Duration.ofSeconds(1));
        }
        seen.awaitEntries(1);
        assertThat(seen.entries()).containsExactly("e1-8");
        assertThat(seen.all(StreamItem.Unreadable.class)).isEmpty();
        assertThat(
                        ((Event.Log) seen.all(StreamItem.Received.class).getFirst().entry().event())
                                .message())
                .isEqualTo("größer 漢字 😀");
    }

    @Test
    void saysWhatItCannotReadAndGoesOn() {
        server.then(x ->
                x.stream()
                        .send("data: {broken\n\n")
                        .send("id: e1-8\nevent: log\ndata: {\"message\":1\n\n")
                        .send("id: nonsense\nevent: log\ndata: {}\n\n")
                        .send(Frames.log(null, "no id"))
                        .send(Frames.log("what is this", "bad id"))
                        .send(Frames.log("e1-9"))
                        .send("data: " + "x".repeat(17 << 20) + "\n\n")
                        .send(Frames.log("e1-10")));
        RootConnection connection = connect();
        seen.await(Waiting.class, 1);
        assertThat(seen.story())
                .containsExactly(
                        "connecting 1",
                        "unreadable",
                        "unreadable",
                        "unreadable",
                        "unreadable",
                        "unreadable",
                        "connected",
                        "e1-9",
                        "unreadable",
                        "e1-10",
                        "waiting 1");
        List<String> reasons =
                seen.all(StreamItem.Unreadable.class).stream()
                        .map(StreamItem.Unreadable::reason)
                        .toList();
        assertThat(reasons.get(3))
                .isEqualTo("An event of kind 'log' came without the id of a stored entry.");
        assertThat(reasons.get(5)).contains("larger than 16 MiB");
        assertThat(connection.cursor()).hasValue(Cursor.parse("e1-10"));
    }

    @Test
    void doesNotAskAgainForAnEntryItCannotRead() {
        server.then(x -> x.stream().send("id: e1-8\nevent: log\ndata: {\n\n"));
        server.then(x -> x.stream().send("id: e1-8\nevent: log\ndata: {\n\n").hang());
        connect();
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 2);
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "e1-8");
        assertThat(seen.all(StreamItem.Unreadable.class)).hasSize(1);
    }

    @Test
    void aGatewayThatRestartsNamesTheWait() {
        server.then(x -> x.stream().send(Frames.log("e1-8"), Frames.shuttingDown(3_456)));
        server.then(x -> x.stream().send(Frames.log("e1-9")).hang());
        connect();
        Waiting waiting = seen.await(Waiting.class, 1);
        assertThat(waiting.reason()).isEqualTo("The gateway is restarting.");
        assertThat(waiting.attempt()).isEqualTo(1);
        pass(Duration.ofMillis(3_456));
        seen.awaitEntries(2);
    }

    @Test
    void theGatewaysRetryBecomesTheBaseOfTheBackoff() {
        server.then(x -> x.stream().send("retry: 2500\n\n").send(Frames.init(0)));
        server.then(x -> x.head("500 Oops"));
        server.then(x -> x.stream().send(Frames.log("e1-8")).hang());
        connect();
        pass(Duration.ofMillis(2_500));
        pass(Duration.ofSeconds(5));
        seen.awaitEntries(1);
    }

    @Test
    void aSlowSinkIsNotTheGatewaysSilence() throws Exception {
        var gate = new java.util.concurrent.CountDownLatch(1);
        server.then(x -> x.stream().send(Frames.init(1_000), Frames.log("e1-8")).hang());
        try (RootConnection connection =
                new RootConnection(
                        settings(),
                        item -> {
                            seen.accept(item);
                            if (item instanceof StreamItem.Received) {
                                await().until(() -> gate.getCount() == 0);
                            }
                        })) {
            connection.start();
            seen.awaitEntries(1);
            for (int i = 0; i < 20; i++) {
                pacer.advance(Duration.ofSeconds(10));
            }
            gate.countDown();
            assertThat(seen.states(Waiting.class)).isEmpty();
            await().until(() -> {
                pacer.advance(Duration.ofMillis(500));
                return !seen.states(Waiting.class).isEmpty();
            });
            assertThat(seen.states(Waiting.class).getFirst().reason())
                    .isEqualTo("The gateway has been silent for 2 seconds.");
            assertThat(seen.states(Connected.class)).hasSize(1);
        }
    }
}
