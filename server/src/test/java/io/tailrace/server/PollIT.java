package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Pages of what a stream would carry. */
class PollIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode poll(String query) throws Exception {
        HttpResponse<String> response = gateway.get("/api/events?session=test&" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        return JSON.readTree(response.body());
    }

    private static List<String> messages(JsonNode page) {
        return page.path("events").findValuesAsText("message");
    }

    private static List<String> kinds(JsonNode page) {
        List<String> kinds = new ArrayList<>();
        page.path("events").forEach(item -> kinds.add(item.path("event").path("kind").asText()));
        return kinds;
    }

    private static String next(JsonNode page) {
        return page.path("next").asText();
    }

    @Test
    void pagesFollowEachOtherWithoutLossOrDoubling() throws Exception {
        gateway.lines("logs:a:b", "1", "2", "3", "4", "5");
        JsonNode first = poll("channels=logs:*&tail=4&limit=3");
        assertThat(messages(first)).containsExactly("2", "3", "4");
        assertThat(first.path("events").get(0).path("cursor").asText()).isNotEmpty();

        JsonNode second = poll("channels=logs:*&limit=3&after=" + next(first));
        assertThat(kinds(second)).containsExactly("resumed", "log");
        assertThat(second.path("events").get(0).has("cursor")).isFalse();
        assertThat(messages(second)).containsExactly("5");

        assertThat(messages(poll("channels=logs:*&after=" + next(second)))).isEmpty();
    }

    @Test
    void itWaitsForTheFirstEntryOnly() throws Exception {
        String next = next(poll("channels=logs:*"));
        AtomicReference<JsonNode> page = new AtomicReference<>();
        Thread poll =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                page.set(poll("channels=logs:*&wait=60&after=" + next));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        await().until(() -> gateway.get("/api/sessions").body().contains("\"poll\""));
        gateway.lines("logs:a:b", "at last");
        assertThat(poll.join(Duration.ofMinutes(1))).isTrue();
        assertThat(messages(page.get())).containsExactly("at last");
    }

    @Test
    void theStateOfRunsStandsAtTheSeam() throws Exception {
        gateway.post(
                "/api/events",
                "{\"kind\":\"workflow_started\",\"workspace\":\"a\",\"workflow\":\"w\",\"run\":\"r\"}");
        assertThat(kinds(poll("channels=runs:*&snapshot=true&tail=5")))
                .containsExactly("workflow_started", "snapshot");
        JsonNode cut = poll("channels=runs:*&tail=5");
        assertThat(kinds(poll("channels=runs:*&snapshot=true&after=" + next(cut))))
                .containsExactly("resumed");
        assertThat(
                        kinds(
                                poll(
                                        "channels=runs:*&snapshot=true&snapshot_due=true&after="
                                                + next(cut))))
                .containsExactly("resumed", "snapshot");
    }

    @Test
    void aCursorOfAnotherLifeIsAGap() throws Exception {
        gateway.lines("logs:a:b", "1");
        assertThat(kinds(poll("channels=logs:*&after=elsewhere-9")))
                .containsExactly("resumed", "gap", "log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "channels=logs:*&limit=0",
                "channels=logs:*&limit=5001",
                "channels=logs:*&wait=61",
                "channels=logs:*&wait=-1",
                "channels=logs:*&wait=x",
                "channels=logs:*&after=?",
                "channels=bogus:*",
                "channels=logs:*&session=a/b"
            })
    void whatCannotBeUnderstoodIsRefused(String query) throws Exception {
        HttpResponse<String> response = gateway.get("/api/events?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"detail\"").doesNotContain("Exception");
    }

    @Test
    void publishingGoesToTheSameAddressAndOthersDoNot() throws Exception {
        assertThat(gateway.post("/api/events", "{\"channel\":\"logs:a:b\",\"message\":\"x\"}"))
                .returns(200, HttpResponse::statusCode);
        HttpResponse<String> delete = gateway.send(gateway.request("/api/events").DELETE());
        assertThat(delete.headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void aWaitingPageIsAConnectionOfItsSession() throws Exception {
        try (TestStream _ = gateway.stream("channels=logs:*");
                TestStream _ = gateway.stream("channels=logs:*");
                TestStream _ = gateway.stream("channels=logs:*")) {
            assertThat(gateway.get("/api/events?session=test&channels=logs:*").statusCode())
                    .isEqualTo(429);
        }
    }

    /** Six readers of one caller who name no session, twice as many as one session may have. */
    @Test
    void pagesWithoutASessionDoNotStandInEachOthersWay() throws Exception {
        String next = next(poll("channels=logs:*"));
        List<Future<String>> pages = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                String path = "/api/events?channels=logs:*&wait=60&after=" + next;
                pages.add(threads.submit(() -> gateway.get(path).body()));
            }
            await().until(() -> gateway.get("/api/sessions").body().split("\"poll-").length == 7);
            gateway.lines("logs:a:b", "for all");
            for (Future<String> page : pages) {
                assertThat(page.get()).contains("for all");
            }
        }
    }

    @Test
    void aGatewayThatStopsSaysSoToWhoeverWaits() throws Exception {
        AtomicReference<JsonNode> page = new AtomicReference<>();
        Thread poll =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                page.set(poll("channels=logs:*&wait=60"));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        await().until(() -> gateway.get("/api/sessions").body().contains("\"poll\""));
        gateway.stop();
        assertThat(poll.join(Duration.ofMinutes(1))).isTrue();
        assertThat(kinds(page.get())).containsExactly("server_shutting_down");
    }

    /** A reader takes turns at random between streams and pages, by cursors only. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void streamsAndPagesTakeTurns(long seed) throws Exception {
        Random random = new Random(seed);
        int all = 400;
        AtomicInteger published = new AtomicInteger();
        String next = next(poll("channels=logs:*"));
        Thread publisher =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                while (published.get() < all) {
                                    String text = String.valueOf(published.incrementAndGet());
                                    gateway.lines("logs:a:" + text.length(), text);
                                }
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        List<String> got = new ArrayList<>();
        while (got.size() < all) {
            if (random.nextBoolean()) {
                JsonNode page =
                        poll(
                                "channels=logs:*&wait=5&limit=%d&after=%s"
                                        .formatted(1 + random.nextInt(20), next));
                got.addAll(messages(page));
                next = next(page);
            } else {
                int count = Math.min(1 + random.nextInt(20), all - got.size());
                try (TestStream stream = gateway.resume("channels=logs:*", next)) {
                    for (SseEvent entry : stream.entries(count)) {
                        got.add(TestStream.message(entry));
                        next = String.valueOf(entry.id());
                    }
                }
            }
        }
        publisher.join();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= all; i++) {
            expected.add(String.valueOf(i));
        }
        assertThat(got).isEqualTo(expected);
    }
}
