package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Channels of running streams change. */
class ChangeIT {

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway("--tail-bytes=1MiB");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> change(String method, String body) throws Exception {
        return gateway.send(
                gateway.request("/api/sse/session/test/channels")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private void changed(String method, String body) throws Exception {
        HttpResponse<String> response = change(method, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static Cursor cursor(SseEvent event) {
        return Cursor.parse(String.valueOf(event.id()));
    }

    @Test
    void addedChannelsBeginNowAndRemovedOnesEnd() throws Exception {
        gateway.lines("logs:a:two", "before");
        try (TestStream stream = gateway.stream("channels=logs:a:one")) {
            HttpResponse<String> put =
                    change("PUT", "{\"channels\":[\"logs:a:one\",\"logs:a:t*\"]}");

            assertThat(put.body())
                    .isEqualTo(
                            "{\"session\":\"test\",\"streams\":1,\"channels\":[\"logs:a:one\",\"logs:a:t*\"]}");
            gateway.lines("logs:a:two", "two");
            gateway.lines("logs:a:three", "created later");
            gateway.lines("logs:a:one", "one");
            assertThat(stream.messages(3)).containsExactly("two", "created later", "one");

            changed("PATCH", "{\"remove\":[\"logs:a:one\"]}");
            gateway.lines("logs:a:one", "not for you");
            gateway.lines("logs:a:two", "still here");
            assertThat(stream.messages(1)).containsExactly("still here");
        }
    }

    @Test
    void theReaderIsToldWithTheTruePlaceAfterOlderEntries() throws Exception {
        gateway.lines("logs:a:two", "1", "2", "3", "4");
        try (TestStream stream = gateway.stream("channels=logs:a:one")) {
            String live = gateway.lines("logs:a:one", "live");
            assertThat(stream.messages(1)).containsExactly("live");

            changed("PATCH", "{\"add\":[\"logs:a:two\"],\"tail\":2}");

            assertThat(stream.messages(2)).containsExactly("3", "4");
            SseEvent changed = stream.next("channels_changed");
            assertThat(changed.id()).isEqualTo(live);
            assertThat(EventCodec.decode(changed.data()))
                    .isInstanceOfSatisfying(
                            Event.ChannelsChanged.class,
                            e ->
                                    assertThat(e.channels())
                                            .containsExactly("logs:a:one", "logs:a:two"));
        }
    }

    @Test
    void addedChannelsBeginAfterACursor() throws Exception {
        String first = gateway.lines("logs:a:two", "1");
        gateway.lines("logs:a:two", "2");
        gateway.lines("logs:a:three", "3");
        try (TestStream stream = gateway.stream("channels=logs:a:one")) {
            changed(
                    "PUT",
                    "{\"channels\":[\"logs:a:two\",\"logs:a:three\"],\"after\":\"" + first + "\"}");
            assertThat(stream.messages(2)).containsExactly("2", "3");
            gateway.lines("logs:a:two", "4");
            assertThat(stream.messages(1)).containsExactly("4");
        }
    }

    @Test
    void aCursorOfAnotherLifeOfTheLogIsAGap() throws Exception {
        gateway.lines("logs:a:two", "1");
        try (TestStream stream = gateway.stream("channels=logs:a:one")) {
            changed("PATCH", "{\"add\":[\"logs:a:two\"],\"after\":\"elsewhere-7\"}");
            assertThat(EventCodec.decode(stream.next("gap").data()).channel())
                    .isEqualTo(new Channel("logs:a:two"));
            assertThat(stream.messages(1)).containsExactly("1");
        }
    }

    @Test
    void allStreamsOfTheSessionChange() throws Exception {
        try (TestStream one = gateway.stream("channels=logs:a:one");
                TestStream two = gateway.stream("channels=logs:a:two")) {
            assertThat(change("PATCH", "{\"add\":[\"logs:a:new\"]}").body())
                    .contains("\"streams\":2", "logs:a:one", "logs:a:two", "logs:a:new");
            gateway.lines("logs:a:new", "for both");
            assertThat(one.messages(1)).isEqualTo(two.messages(1)).containsExactly("for both");
        }
    }

    @Test
    void aSessionWithoutAStreamCannotChange() throws Exception {
        HttpResponse<String> response = change("PUT", "{\"channels\":[\"logs:*\"]}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("has no open stream: open one first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "PUT; {}; at least one channel",
                "PUT; {\"channels\":\"logs:*\"}; must be an array of texts",
                "PUT; {\"channels\":[7]}; must be an array of texts",
                "PUT; {\"channels\":[\"nothing\"]}; must start with one of",
                "PUT; {\"channels\":[\"logs:*\"],\"tail\":-1}; 'tail' must be a whole number",
                "PUT; {\"channels\":[\"logs:*\"],\"tail\":1e9}; 'tail' must be a whole number",
                "PUT; {\"channels\":[\"logs:*\"],\"after\":\"?\"}; ursor",
                "PUT; [1]; one JSON object",
                "PATCH; {}; Nothing changes",
                "PATCH; {\"remove\":[\"logs:a:one\"]}; at least one channel",
            })
    void whatCannotBeUnderstoodChangesNothing(String method, String body, String sentence)
            throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:a:one")) {
            HttpResponse<String> response = change(method, body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains(sentence);
            gateway.lines("logs:a:one", "as before");
            assertThat(stream.messages(1)).containsExactly("as before");
        }
    }

    @Test
    void aStreamHasAtMostAHundredPatterns() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add("\"logs:a:n" + i + "\"");
        }
        try (TestStream _ = gateway.stream("channels=logs:a:one")) {
            assertThat(change("PATCH", "{\"add\":" + names + "}").body())
                    .contains("at most 100 channel patterns");
        }
    }

    @Test
    void onlyPutAndPatchGoThere() throws Exception {
        assertThat(change("POST", "{}").headers().firstValue("allow")).contains("PATCH, PUT");
    }

    @Test
    void addedRunsAreShownAsTheyStand() throws Exception {
        gateway.post(
                "/api/events",
                "{\"kind\":\"workflow_started\",\"workspace\":\"a\",\"workflow\":\"w\",\"run\":\"r\"}");
        try (TestStream stream = gateway.stream("channels=logs:a:w&snapshot=true")) {
            assertThat(runs(stream)).isZero();
            changed("PATCH", "{\"add\":[\"runs:a:*\"]}");
            assertThat(runs(stream)).isEqualTo(1);
        }
    }

    private static int runs(TestStream stream) throws Exception {
        return EventCodec.decode(stream.next("snapshot").data()) instanceof Event.Snapshot s
                ? s.runs().size()
                : -1;
    }

    /**
     * Channels come and go at random while all are published to. What a channel that is carried all
     * the time got is complete; what another got is complete between any two of its entries that
     * were received without it being removed in between; nothing comes twice.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingOfWhatStaysIsLostOrDoubled(long seed) throws Exception {
        Random random = new Random(seed);
        AtomicBoolean publishing = new AtomicBoolean(true);
        Map<String, Integer> published = new HashMap<>();
        try (TestStream stream = gateway.stream("channels=logs:a:stays")) {
            Thread publisher =
                    Thread.ofVirtual()
                            .start(() -> publish(new Random(seed), publishing, published));
            Set<String> added = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                String name = "c" + random.nextInt(6);
                String what = random.nextInt(3) == 0 ? ",\"tail\":50" : "";
                if (added.add(name)) {
                    changed("PATCH", "{\"add\":[\"logs:a:" + name + "\"]" + what + "}");
                } else {
                    added.remove(name);
                    changed("PATCH", "{\"remove\":[\"logs:a:" + name + "\"]}");
                }
            }
            changed("PUT", "{\"channels\":[\"logs:a:stays\",\"logs:a:c*\"],\"tail\":100000}");
            publishing.set(false);
            publisher.join();
            gateway.lines("logs:a:stays", "the end");
            check(stream, published);
        }
    }

    private void publish(Random random, AtomicBoolean publishing, Map<String, Integer> published) {
        try {
            while (publishing.get()) {
                String name = random.nextInt(3) == 0 ? "stays" : "c" + random.nextInt(6);
                int number = published.merge(name, 1, Integer::sum);
                gateway.lines("logs:a:" + name, String.valueOf(number));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(TestStream stream, Map<String, Integer> published) throws Exception {
        List<Integer> stays = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        long place = 0;
        for (SseEvent event = stream.next(); ; event = stream.next()) {
            Event decoded = EventCodec.decode(event.data());
            if (decoded instanceof Event.ChannelsChanged changed) {
                Set<String> now = new HashSet<>(changed.channels());
                boolean all = now.contains("logs:a:c*");
                last.keySet().removeIf(name -> !all && !now.contains(name));
                assertThat(cursor(event).position()).isGreaterThanOrEqualTo(place);
                place = cursor(event).position();
            } else if (decoded instanceof Event.Log log) {
                if (log.message().equals("the end")) {
                    break;
                }
                String name = log.channel().name();
                int number = Integer.parseInt(log.message());
                if (name.equals("logs:a:stays")) {
                    stays.add(number);
                }
                Integer before = last.put(name, number);
                if (before != null) {
                    assertThat(number).as(name).isEqualTo(before + 1);
                }
            }
        }
        assertThat(stays).hasSize(published.getOrDefault("stays", 0));
        last.forEach((name, number) ->
                assertThat(number)
                        .as(name)
                        .isEqualTo(published.get(name.substring("logs:a:".length()))));
    }
}
