package io.tailrace.publisher;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Numbered log lines, and a publisher's settings that make tests fast. */
final class Lines {

    static final Duration SOON = Duration.ofMinutes(1);

    private Lines() {}

    static PublisherSettings settings(FakeGateway gateway) {
        return PublisherSettings.of(gateway.uri())
                .withBatches(100, 64 * 1024, Duration.ofMillis(5))
                .withRetries(Duration.ofMillis(10), Duration.ofMillis(50));
    }

    static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void publish(Publisher publisher, int from, int to) {
        for (int i = from; i < to; i++) {
            publisher.publish(log("line " + i));
        }
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    static Event.Log log(String message) {
        Header header =
                Header.of(
                        Channel.logs("acme", "orders"),
                        Instant.now(),
                        Subject.ofRun("acme", "orders", "r1"));
        return new Event.Log(header, Level.INFO, message, null, null);
    }
}
