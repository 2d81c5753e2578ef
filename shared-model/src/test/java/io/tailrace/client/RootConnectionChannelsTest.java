package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Polling;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Receiving other channels while it runs, and getting nothing twice. */
@Timeout(180)
class RootConnectionChannelsTest extends ConnectionTest {

    private static final List<ChannelPattern> BOTH = patterns("logs:acme:*", "runs:acme:*");

    RootConnectionChannelsTest() throws IOException {}

    @Test
    void changesTheRunningStream() {
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        RootConnection connection = connect();
        seen.await(Connected.class, 1);
        assertThat(connection.changeChannels(BOTH, new ChannelStart.Newest(200)))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LIVE));
        var put = server.asked().get(1);
        assertThat(put.method() + " " + put.target()).isEqualTo("PUT /api/sse/session/s1/channels");
        assertThat(put.body())
                .isEqualTo("{\"channels\":[\"logs:acme:*\",\"runs:acme:*\"],\"tail\":200}");
        assertThat(seen.states(Connected.class)).hasSize(1);
    }

    @Test
    void theNextConnectionBeginsWithTheNewChannels() {
        CountDownLatch answered = new CountDownLatch(1);
        server.then(x -> {
            x.stream().send(Frames.init(0));
            answered.await();
            x.send(Frames.channelsChanged("e1-9", "logs:acme:*", "runs:acme:*"));
        });
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        server.then(x -> x.stream().send(Frames.init(0, "logs:acme:*", "runs:acme:*")).hang());
        RootConnection connection = connect();
        seen.await(Connected.class, 1);
        connection.changeChannels(BOTH, new ChannelStart.After(Cursor.parse("e1-3")));
        assertThat(server.asked().get(1).body()).endsWith("\"after\":\"e1-3\"}");
        answered.countDown();
        pass(Duration.ofSeconds(1));
        seen.await(Connected.class, 2);
        assertThat(server.asked().get(2).target())
                .endsWith("?channels=logs%3Aacme%3A*,runs%3Aacme%3A*");
        assertThat(server.asked()).hasSize(3); // there was nothing left to change
    }

    @Test
    void aStreamThatIsCutBeforeItCarriesTheNewChannelsIsChangedOnceMore() {
        CountDownLatch answered = new CountDownLatch(1);
        server.then(x -> {
            x.stream().send(Frames.init(0), Frames.log("e1-100"));
            answered.await();
            x.send(Frames.at("runs:acme:n", "e1-40"));
        });
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        CountDownLatch again = new CountDownLatch(1);
        server.then(x -> {
            x.stream().send(Frames.init(0), Frames.log("e1-100"));
            again.await();
            x.send(Frames.at("runs:acme:n", "e1-40"), Frames.at("runs:acme:n", "e1-41"));
            x.send(Frames.channelsChanged("e1-100", "logs:acme:*", "runs:acme:*")).hang();
        });
        server.then(x -> {
            x.head("200 OK", "Content-Type: application/json").send("{}");
            again.countDown();
        });
        RootConnection connection = connect();
        seen.awaitEntries(1);
        connection.changeChannels(BOTH, new ChannelStart.After(Cursor.parse("e1-3")));
        answered.countDown();
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(3);
        assertThat(server.asked().get(2).target()).endsWith("?channels=logs%3Aacme%3A*");
        assertThat(server.asked().get(3).body()).endsWith("\"after\":\"e1-3\"}");
        assertThat(seen.entries()).containsExactly("e1-100", "e1-40", "e1-41");
        assertThat(connection.doubles()).isEqualTo(2);
    }

    @Test
    void aRefusedChangeChangesNothing() {
        CountDownLatch end = new CountDownLatch(1);
        server.then(x -> {
            x.stream().send(Frames.init(0));
            end.await();
        });
        server.then(x ->
                x.head("403 No", "Content-Type: application/problem+json")
                        .send("{\"detail\":\"You may not read runs:acme:*.\"}"));
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        RootConnection connection = connect();
        seen.await(Connected.class, 1);
        assertThat(connection.changeChannels(BOTH, new ChannelStart.Now()))
                .isEqualTo(new Reply.Refused<>("You may not read runs:acme:*."));
        end.countDown();
        pass(Duration.ofSeconds(1));
        seen.await(Connected.class, 2);
        assertThat(server.asked().get(2).target()).endsWith("?channels=logs%3Aacme%3A*");
    }

    @Test
    void withoutAStreamTheChangeWaitsForOne() {
        server.then(x -> x.head("500 Oops"));
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        RootConnection connection = connect();
        await().until(() -> pacer.pausing(Duration.ofSeconds(1)));
        assertThat(connection.changeChannels(BOTH, new ChannelStart.Newest(5)))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LATER));
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 3);
        // only a change can say where new channels begin
        assertThat(server.asked().get(1).target()).endsWith("?channels=logs%3Aacme%3A*");
        assertThat(server.asked().get(2).body()).endsWith("\"tail\":5}");
    }

    @Test
    void withoutAStreamAndFromNowOnTheNextOneCarriesThem() {
        server.then(x -> x.head("500 Oops"));
        server.then(x -> x.stream().send(Frames.init(0, "logs:acme:*", "runs:acme:*")).hang());
        RootConnection connection = connect();
        await().until(() -> pacer.pausing(Duration.ofSeconds(1)));
        connection.changeChannels(BOTH, new ChannelStart.Now());
        pass(Duration.ofSeconds(1));
        seen.await(Connected.class, 1);
        assertThat(server.asked().get(1).target()).contains("runs%3Aacme");
    }

    @Test
    void aSessionThatIsNotThereIsLeftToTheNextConnection() {
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        server.then(x -> x.head("404 No"));
        RootConnection connection = connect();
        seen.await(Connected.class, 1);
        assertThat(connection.changeChannels(BOTH, new ChannelStart.Now()))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LATER));
    }

    @Test
    void whereNewChannelsBeginIsNotForgottenWhenTheSessionIsNotThere() {
        CountDownLatch end = new CountDownLatch(1);
        server.then(x -> {
            x.stream().send(Frames.init(0));
            end.await();
        });
        server.then(x -> x.head("404 No"));
        server.then(x -> x.stream().send(Frames.init(0)).hang());
        server.then(x -> x.head("200 OK", "Content-Type: application/json").send("{}"));
        RootConnection connection = connect();
        seen.await(Connected.class, 1);
        assertThat(connection.changeChannels(BOTH, new ChannelStart.Newest(7)))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LATER));
        end.countDown();
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 4);
        assertThat(server.asked().get(2).target()).endsWith("?channels=logs%3Aacme%3A*");
        assertThat(server.asked().get(3).body()).endsWith("\"tail\":7}");
    }

    @Test
    void aStreamThatNobodyFindsIsFollowedByOneWithTheNewChannels() {
        CountDownLatch end = new CountDownLatch(1);
        server.then(x -> x.head("500 Oops"));
        server.then(x -> {
            x.stream().send(Frames.init(0));
            while (!end.await(5, TimeUnit.MILLISECONDS)) {
                x.send(Frames.heartbeat("e1-7"));
            }
        });
        server.then(x -> x.head("404 No"));
        server.then(x -> x.stream().send(Frames.init(0, "logs:acme:*", "runs:acme:*")).hang());
        RootConnection connection = connect();
        await().until(() -> pacer.pausing(Duration.ofSeconds(1)));
        connection.changeChannels(BOTH, new ChannelStart.Newest(5));
        pass(Duration.ofSeconds(1));
        await().until(() -> !seen.all(StreamItem.Warned.class).isEmpty());
        end.countDown();
        pass(Duration.ofSeconds(1));
        await().until(() -> server.asked().size() == 4);
        assertThat(server.asked().get(3).target()).contains("runs%3Aacme");
    }

    @Test
    void whilePollingNewChannelsAreFetchedBesideTheOthers() {
        server.then(x -> x.stream().hang());
        server.thenPage(x -> x.page(Frames.page("e1-9", Frames.json("e1-8"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        RootConnection connection = connect();
        await().until(() -> {
            pacer.advance(Duration.ofMillis(500));
            return server.pagesAsked().size() == 2;
        });
        seen.await(Polling.class, 1);
        // one that comes by itself, and two that do not; then the end
        server.thenPage(x ->
                x.page(
                        Frames.page(
                                "e1-7",
                                Frames.json("e1-5"),
                                Frames.json("runs:acme:n", "e1-6"),
                                Frames.json("runs:acme:n", "e1-7"))));
        server.thenPage(x -> x.page(Frames.page("e1-9")));
        server.thenPage(x ->
                x.page(
                        Frames.page(
                                "e1-11",
                                Frames.json("runs:acme:n", "e1-10"),
                                Frames.json("e1-11"))));
        server.thenPage(ScriptedServer.Exchange::hang);
        connection.changeChannels(BOTH, new ChannelStart.Newest(3));
        seen.awaitEntries(5);
        assertThat(seen.entries()).containsExactly("e1-8", "e1-6", "e1-7", "e1-10", "e1-11");
        assertThat(server.pagesAsked().get(2).target())
                .isEqualTo(
                        "/api/events?channels=runs%3Aacme%3A*&tail=3&limit=1000&wait=0&session=s1");
        assertThat(server.pagesAsked().get(4).target())
                .contains("logs%3Aacme%3A*,runs%3Aacme%3A*")
                .contains("after=e1-9");
    }

    @Test
    void aBackFillThatIsCutComesAgainButNotTwice() {
        server.then(x ->
                x.stream()
                        .send(
                                Frames.init(0, "logs:acme:*", "runs:acme:*"),
                                Frames.log("e1-100"),
                                Frames.at("runs:acme:n", "e1-40"),
                                Frames.at("runs:acme:n", "e1-41")));
        server.then(x ->
                x.stream()
                        .send(
                                Frames.at("runs:acme:n", "e1-41"),
                                Frames.at("runs:acme:n", "e1-42"),
                                Frames.log("e1-100"),
                                Frames.log("e1-101"))
                        .hang());
        RootConnection connection =
                connect(s ->
                        RootConnectionSettings.of(s.gateway(), "s1", BOTH).withTiming(s.timing()));
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(5);
        assertThat(seen.entries()).containsExactly("e1-100", "e1-40", "e1-41", "e1-42", "e1-101");
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "e1-41");
        assertThat(connection.doubles()).isEqualTo(2);
    }

    @Test
    void aBackFillThatIsDoneGivesTheStreamsTruePlace() {
        server.then(x ->
                x.stream()
                        .send(
                                Frames.log("e1-100"),
                                Frames.log("e1-101"),
                                Frames.at("runs:acme:n", "e1-40"),
                                Frames.channelsChanged("e1-101", "logs:acme:*", "runs:acme:*"))
                        .hang());
        RootConnection connection = connect();
        seen.awaitEntries(3);
        await().until(() -> connection.cursor().equals(Optional.of(Cursor.parse("e1-101"))));
    }

    @Test
    void aChannelThatWasLeftBeginsAnew() {
        server.then(x ->
                x.stream()
                        .send(
                                Frames.at("runs:acme:n", "e1-40"),
                                Frames.channelsChanged("e1-40", "logs:acme:*"),
                                Frames.channelsChanged("e1-40", "logs:acme:*", "runs:acme:*"),
                                Frames.at("runs:acme:n", "e1-39"),
                                Frames.at("runs:acme:n", "e1-40"))
                        .hang());
        connect();
        seen.awaitEntries(3);
        assertThat(seen.entries()).containsExactly("e1-40", "e1-39", "e1-40");
    }

    @Test
    void anotherEpochBeginsAnew() {
        server.then(x ->
                x.stream()
                        .send(Frames.log("e1-100"), Frames.log("e2-1"), Frames.log("e2-2"))
                        .hang());
        connect();
        seen.awaitEntries(3);
    }

    @Test
    void thereMustBeAChannel() {
        RootConnection connection = prepare(s -> s);
        assertThatThrownBy(() -> connection.changeChannels(List.of(), new ChannelStart.Now()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChannelStart.Newest(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ChannelPattern> patterns(String... texts) {
        return List.of(texts).stream().map(ChannelPattern::parse).toList();
    }
}
