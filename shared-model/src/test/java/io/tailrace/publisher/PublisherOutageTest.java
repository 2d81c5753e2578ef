package io.tailrace.publisher;

import static io.tailrace.publisher.FakeGateway.status;
import static io.tailrace.publisher.Lines.SOON;
import static io.tailrace.publisher.Lines.awaitForever;
import static io.tailrace.publisher.Lines.log;
import static io.tailrace.publisher.Lines.numbers;
import static io.tailrace.publisher.Lines.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class PublisherOutageTest {

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
    void memoryIsBoundedAndDropsAreCountedExactly() {
        PublisherSettings settings = settings().withMemory(50_000, new WhenFull.DropAndReport());
        int port = gateway.port();
        gateway.close();
        try (Publisher publisher = publisher(settings)) {
            publish(publisher, 0, 5_000);
            PublisherStats stats = publisher.stats();
            assertThat(stats.queuedBytes()).isLessThanOrEqualTo(50_000);
            assertThat(stats.queued() + stats.dropped()).isEqualTo(5_000);
            await().untilAsserted(() -> assertThat(listener.dropped).hasValue(stats.dropped()));
            reopen(port);
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(gateway.messages())
                    .isEqualTo(numbers(0, Math.toIntExact(stats.queued()))); // the oldest stay
        }
        assertThat(listener.story).hasSize(2).last().isEqualTo("recovered");
        assertThat(listener.story.getFirst()).contains("Is the gateway running?");
    }

    @Test
    void aFullMemoryHoldsThePipelineUpOncePerOutage() {
        gateway.close();
        var block = new WhenFull.Block(Duration.ofMillis(300));
        PublisherSettings settings =
                settings().withMemory(20_000, block).withTimeouts(SOON, Duration.ZERO);
        try (Publisher publisher = publisher(settings)) {
            long start = System.nanoTime();
            publish(publisher, 0, 1_000);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
            assertThat(publisher.stats().dropped()).isPositive();
        }
        assertThat(listener.undelivered.get() + listener.dropped.get()).isEqualTo(1_000);
    }

    @Test
    void blockedThreadsGoOnWhenTheGatewayComesBack() throws Exception {
        int port = gateway.port();
        gateway.close();
        PublisherSettings settings =
                settings().withMemory(20_000, new WhenFull.Block(Duration.ofMinutes(1)));
        try (Publisher publisher = publisher(settings)) {
            CountDownLatch done = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        publish(publisher, 0, 1_000);
                        done.countDown();
                    });
            await().until(() -> publisher.stats().queuedBytes() > 19_000);
            assertThat(done.getCount()).isOne();
            reopen(port);
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 1_000));
    }

    @Test
    void closingDeliversWhatWaitsEvenInTheMiddleOfAWaitBetweenTries() {
        gateway.next(status(503, "", "Retry-After", "60"));
        Publisher publisher = publisher(settings());
        publish(publisher, 0, 10);
        await().until(() -> !listener.story.isEmpty());
        publisher.close();
        assertThat(gateway.messages()).isEqualTo(numbers(0, 10));
        assertThat(listener.undelivered).hasValue(0);
        publisher.publish(log("late"));
        assertThat(listener.dropped).hasValue(1);
        publisher.close();
    }

    @Test
    void closingEndsInTimeAndSaysWhatWasNotDelivered() {
        gateway.next((_, _, _) -> awaitForever());
        PublisherSettings settings = settings().withTimeouts(SOON, Duration.ofMillis(200));
        Publisher publisher = publisher(settings);
        publish(publisher, 0, 7);
        publisher.close();
        assertThat(listener.undelivered).hasValue(7);
        assertThat(publisher.stats().queued()).isEqualTo(7);
    }

    @Test
    void aReplyThatNeverEndsCountsAsAFailedTry() {
        gateway.next((_, exchange, _) -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitForever();
        });
        PublisherSettings settings = settings().withTimeouts(Duration.ofMillis(300), SOON);
        try (Publisher publisher = publisher(settings)) {
            publish(publisher, 0, 3);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 3));
        assertThat(listener.story.getFirst()).contains("did not answer within 0.3 s");
    }

    private void reopen(int port) {
        await().ignoreExceptions()
                .until(() -> {
                    gateway = new FakeGateway(port);
                    return true;
                });
    }

    private PublisherSettings settings() {
        return Lines.settings(gateway);
    }

    private Publisher publisher(PublisherSettings settings) {
        return new Publisher(settings, listener);
    }
}
