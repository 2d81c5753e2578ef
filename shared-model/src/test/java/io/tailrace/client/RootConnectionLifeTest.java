package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Connecting;
import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.model.ChannelPattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Starting, hurrying and ending, whatever it is doing. */
@Timeout(180)
class RootConnectionLifeTest extends ConnectionTest {

    RootConnectionLifeTest() throws IOException {}

    @Test
    void aChangeThatGetsNoAnswerIsMadeWithTheNextStream() {
        CountDownLatch end = new CountDownLatch(1);
        server.then(x -> x.head("500 Oops"));
        server.then(x -> {
            x.stream().send(Frames.init(0));
            end.await();
            x.send(Frames.log("e1-8"));
        });
        server.then(x -> {}); // no answer
        server.then(x -> {});
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        RootConnection connection = connect();
        await().until(() -> pacer.pausing(Duration.ofSeconds(1)));
        List<ChannelPattern> both =
                Stream.of("logs:acme:*", "runs:acme:*").map(ChannelPattern::parse).toList();
        connection.changeChannels(both, new ChannelStart.Newest(5));
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 3);
        assertThat(connection.changeChannels(both, new ChannelStart.Newest(5)))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LATER));
        end.countDown();
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 6);
        assertThat(server.asked().get(4).target()).endsWith("?channels=logs%3Aacme%3A*");
        assertThat(server.asked().get(5).body()).endsWith("\"tail\":5}");
        assertThat(seen.all(StreamItem.Warned.class)).isEmpty();
    }

    @Test
    void reconnectNowEndsAWait() {
        server.then(x -> x.head("500 Oops"));
        server.then(x -> x.head("500 Oops"));
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        RootConnection connection = connect();
        pass(Duration.ofSeconds(1));
        seen.await(Waiting.class, 2);
        connection.reconnectNow();
        seen.awaitEntries(1);
        assertThat(seen.states(Connecting.class).stream().map(Connecting::attempt))
                .containsExactly(1, 2, 1);
    }

    @Test
    void reconnectNowDropsTheStreamAndResumes() {
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        RootConnection connection = connect();
        seen.awaitEntries(1);
        connection.reconnectNow();
        seen.awaitEntries(2);
        assertThat(seen.states(Waiting.class)).isEmpty();
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "e1-1");
    }

    @Test
    void reconnectNowGivesUpASlowAnswer() {
        server.then(ScriptedServer.Exchange::hang);
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        RootConnection connection = connect();
        await().until(() -> server.asked().size() == 1);
        connection.reconnectNow();
        seen.awaitEntries(1);
    }

    @Test
    void reconnectNowRevivesARefusedConnection() {
        server.then(x -> x.head("410 No"));
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        RootConnection connection = connect();
        seen.await(Stopped.class, 1);
        connection.reconnectNow();
        seen.awaitEntries(1);
    }

    @Test
    void manyReconnectsInARowDoNoHarm() {
        for (int i = 1; i <= 2_000; i++) {
            server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        }
        RootConnection connection = connect();
        for (int i = 0; i < 200; i++) {
            connection.reconnectNow();
            seen.await(Connecting.class, i / 4 + 1);
        }
        seen.awaitEntries(1);
        assertThat(seen.entries()).containsExactly("e1-1");
    }

    @Test
    void closeEndsEveryPhase() throws Exception {
        server.then(ScriptedServer.Exchange::hang);
        closed(() -> server.asked().size() == 1);

        server.then(x -> x.stream().hang());
        closed(() -> server.asked().size() == 2);

        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        closed(() -> seen.entries().size() == 1);

        server.then(x -> x.head("500 Oops"));
        closed(() -> pacer.pausing(Duration.ofSeconds(1)));

        server.then(x -> x.head("204 No Content"));
        closed(() -> !seen.states(Stopped.class).isEmpty());

        server.then(x -> x.head("404 No", "Content-Type: application/problem+json").hang());
        closed(() -> server.asked().size() == 6);

        server.then(ScriptedServer.Exchange::hang); // closed while it connects, or soon after
        closed(() -> true);
    }

    private void closed(java.util.concurrent.Callable<Boolean> when) {
        RootConnection connection = connect();
        await().pollInterval(Duration.ofMillis(2)).until(when);
        connection.close();
        int told = seen.story().size();
        connection.reconnectNow();
        assertThat(leftOver()).isEmpty();
        assertThat(seen.story()).hasSize(told);
        assertThat(seen.states(Waiting.class)).hasSizeLessThan(2);
    }

    @Test
    void closeInterruptsASinkThatBlocks() {
        server.then(x -> x.stream().send(Frames.log("e1-1"), Frames.log("e1-2")).hang());
        CountDownLatch blocked = new CountDownLatch(1);
        RootConnection connection =
                new RootConnection(
                        settings(),
                        item -> {
                            seen.accept(item);
                            if (item instanceof StreamItem.Received) {
                                try {
                                    blocked.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        });
        connection.start();
        seen.awaitEntries(1);
        connection.close();
        assertThat(leftOver()).isEmpty();
        assertThat(seen.entries()).containsExactly("e1-1");
    }

    @Test
    void theSinkMayClose() {
        server.then(x -> x.stream().send(Frames.log("e1-1"), Frames.log("e1-2")).hang());
        AtomicReference<RootConnection> self = new AtomicReference<>();
        RootConnection connection =
                new RootConnection(
                        settings(),
                        item -> {
                            seen.accept(item);
                            if (item instanceof StreamItem.Received) {
                                self.get().close();
                            }
                        });
        self.set(connection);
        connection.start();
        await().until(() -> leftOver().isEmpty());
        assertThat(seen.entries()).containsExactly("e1-1");
    }

    @Test
    void startsOnce() {
        server.then(x -> x.stream().hang());
        RootConnection connection = connect();
        assertThatThrownBy(connection::start).isInstanceOf(IllegalStateException.class);
        connection.close();
        connection.close();
        RootConnection never = prepare(s -> s);
        never.close();
        assertThatThrownBy(never::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void worksInRealTime() {
        server.then(x -> x.stream().send("retry: 0\n\n").send(Frames.log("e1-1")));
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        Timing standard = Timing.standard();
        connect(s -> s.withTiming(standard));
        seen.awaitEntries(2);
        assertThat(seen.states(Connected.class)).hasSize(2);
    }

    private static java.util.List<String> leftOver() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("tailrace") || name.startsWith("HttpClient"))
                .toList();
    }
}
