package io.tailrace.publisher;

import static io.tailrace.publisher.FakeGateway.hangUp;
import static io.tailrace.publisher.FakeGateway.status;
import static io.tailrace.publisher.FakeGateway.storeAndHangUp;
import static io.tailrace.publisher.Lines.SOON;
import static io.tailrace.publisher.Lines.log;
import static io.tailrace.publisher.Lines.numbers;
import static io.tailrace.publisher.Lines.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

class PublisherTest {

    private FakeGateway gateway;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void startGateway() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void deliversInOrderAndCounts() {
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 1_234);
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(publisher.stats()).isEqualTo(new PublisherStats(0, 1_234, 0, 0, 0, 0));
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 1_234));
        assertThat(listener.acknowledged).hasValue(1_234);
        assertThat(listener.cursor).isEqualTo("e1-1234");
        assertThat(listener.story).isEmpty();
    }

    @Test
    void losesAndDoublesNothingWhileTheGatewayMisbehaves() {
        gateway.next(status(503, "{\"title\":\"Starting.\"}", "Retry-After", "0"))
                .next(hangUp())
                .next(storeAndHangUp())
                .next(status(429, "", "Retry-After", "0"))
                .next(status(408, ""))
                .next(status(500, "oops"))
                .next(status(200, "<html>welcome to the hotel</html>"));
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 2_000);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 2_000));
        List<String> keys = gateway.keys();
        assertThat(keys.subList(0, 4)).containsOnly(keys.getFirst()); // same batch, same key
        assertThat(keys).isSortedAccordingTo((a, b) -> Long.compare(number(a), number(b)));
        assertThat(listener.story.getFirst()).contains("503").contains("Starting.");
        assertThat(listener.story.stream().filter(s -> s.equals("recovered")).count())
                .isEqualTo(listener.story.stream().filter(s -> s.startsWith("troubled")).count());
    }

    @Test
    void waitsAsLongAsTheGatewayAsks() {
        gateway.next(status(503, "", "Retry-After", "1"));
        try (Publisher publisher = publisher(settings())) {
            long start = System.nanoTime();
            publish(publisher, 0, 1);
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(950));
        }
    }

    @Test
    void aRefusedBatchIsReportedAndTheNextGoesOn() {
        gateway.next(status(400, "{\"title\":\"Bad\",\"detail\":\"This is no JSON.\"}"));
        try (Publisher publisher = publisher(settings().withBatches(10, 10_000, Duration.ZERO))) {
            publish(publisher, 0, 1);
            assertThat(publisher.flush(SOON)).isTrue();
            publish(publisher, 1, 3);
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(publisher.stats()).isEqualTo(new PublisherStats(0, 2, 1, 0, 0, 0));
        }
        assertThat(gateway.messages()).isEqualTo(numbers(1, 3));
        assertThat(listener.story).singleElement().asString().contains("400: This is no JSON.");
    }

    @Test
    void rejectedLinesAreReportedOneByOne() {
        try (Publisher publisher = publisher(settings())) {
            publisher.publish(log("a"));
            publisher.publish(log("REJECT me"));
            publisher.publish(log("b"));
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(publisher.stats()).isEqualTo(new PublisherStats(0, 2, 1, 0, 0, 0));
        }
        assertThat(gateway.messages()).containsExactly("a", "b");
        assertThat(listener.story)
                .singleElement()
                .asString()
                .contains("REJECT me")
                .endsWith(": No.");
    }

    @Test
    void manyThreadsPublishEachEventOnce() throws InterruptedException {
        try (Publisher publisher = publisher(settings())) {
            List<Thread> threads =
                    IntStream.range(0, 8)
                            .mapToObj(t ->
                                    Thread.ofVirtual()
                                            .start(() ->
                                                    publish(publisher, t * 500, t * 500 + 500)))
                            .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(gateway.messages()).hasSize(4_000);
        assertThat(new HashSet<>(gateway.messages())).hasSize(4_000);
        for (int t = 0; t < 8; t++) { // each thread's events keep their order
            List<String> own = numbers(t * 500, t * 500 + 500);
            assertThat(gateway.messages()).containsSubsequence(own);
        }
    }

    @Test
    void halfACharacterIsPublished() {
        try (Publisher publisher = publisher(settings())) {
            publisher.publish(log("half a character: \uD83D"));
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).containsExactly("half a character: \uD83D");
        assertThat(listener.story).isEmpty();
    }

    @Test
    void aListenerThatThrowsAndPublishesStopsNothing() {
        Publisher[] self = new Publisher[1];
        PublishListener bad =
                new PublishListener() {
                    @Override
                    public void acknowledged(int events, @Nullable String cursor) {
                        if (events > 1) {
                            self[0].publish(log("from the listener"));
                        }
                        throw new IllegalStateException("listener");
                    }
                };
        try (Publisher publisher = new Publisher(settings(), bad)) {
            self[0] = publisher;
            publish(publisher, 0, 5);
            await().until(() -> gateway.messages().contains("from the listener"));
        }
    }

    @Test
    void anEventLargerThanABatchTravelsAlone() {
        String large = "x".repeat(100_000);
        try (Publisher publisher = publisher(settings().withBatches(100, 10_000, Duration.ZERO))) {
            publisher.publish(log("before"));
            publisher.publish(log(large));
            publisher.publish(log("after"));
        }
        assertThat(gateway.messages()).containsExactly("before", large, "after");
    }

    @Test
    void aPublisherWithTheIdOfAnEarlierOneHasOtherKeys() {
        PublisherSettings named = settings().withPublisherId("p".repeat(100));
        for (String message : List.of("first", "second")) {
            try (Publisher publisher = publisher(named)) {
                publisher.publish(log(message));
            }
        }
        assertThat(gateway.messages()).containsExactly("first", "second");
        assertThat(gateway.keys()).doesNotHaveDuplicates().allMatch(key -> key.startsWith("ppp"));
    }

    private PublisherSettings settings() {
        return Lines.settings(gateway);
    }

    private Publisher publisher(PublisherSettings settings) {
        return new Publisher(settings, listener);
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('-') + 1));
    }
}
