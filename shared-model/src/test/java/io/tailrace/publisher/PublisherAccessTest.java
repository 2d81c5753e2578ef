package io.tailrace.publisher;

import static io.tailrace.publisher.FakeGateway.status;
import static io.tailrace.publisher.Lines.SOON;
import static io.tailrace.publisher.Lines.numbers;
import static io.tailrace.publisher.Lines.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.Access;
import io.tailrace.client.TokenSource;
import io.tailrace.client.TokenUnavailableException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class PublisherAccessTest {

    private static final String SECRET = "trt_Secret-";

    private final FakeGateway gateway = new FakeGateway();
    private final RecordingListener listener = new RecordingListener();
    private final AtomicInteger asked = new AtomicInteger();

    PublisherAccessTest() throws IOException {}

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void sendsTheTokenOfNowWithEachRequest() {
        try (Publisher publisher = new Publisher(settings(renewing()), listener)) {
            publish(publisher, 0, 1);
            assertThat(publisher.flush(SOON)).isTrue();
            publish(publisher, 1, 2);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.headers("Authorization"))
                .containsExactly("Bearer " + SECRET + 1, "Bearer " + SECRET + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void whoIsNotLetInKeepsTheEventsAndTriesSlowly(int code) {
        gateway.next(status(code, "{\"detail\":\"The token has expired.\"}"));
        Publisher publisher = new Publisher(settings(renewing()), listener);
        publish(publisher, 0, 10);
        await().until(() -> !listener.story.isEmpty());
        assertThat(listener.story.getFirst()).contains("The token has expired.");
        assertThat(publisher.flush(Duration.ofMillis(300))).isFalse(); // not tried again yet
        assertThat(gateway.keys()).hasSize(1);
        assertThat(publisher.stats().queued()).isEqualTo(10);
        publisher.close(); // in a hurry now
        assertThat(gateway.messages()).isEqualTo(numbers(0, 10));
        assertThat(listener.undelivered).hasValue(0);
    }

    @Test
    void aTokenThatCannotBeHadKeepsTheEvents() {
        TokenSource broken =
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new TokenUnavailableException("The token's file is empty.");
                    }
                    return Optional.of(SECRET);
                };
        Publisher publisher = new Publisher(settings(broken), listener);
        publish(publisher, 0, 3);
        await().until(() -> !listener.story.isEmpty());
        assertThat(listener.story.getFirst()).contains("The token's file is empty.");
        assertThat(gateway.keys()).isEmpty();
        publisher.close();
        assertThat(gateway.messages()).isEqualTo(numbers(0, 3));
    }

    @Test
    void compressesWhatIsLarge() {
        PublisherSettings settings = settings(TokenSource.none()).withGzipFrom(500);
        try (Publisher publisher = new Publisher(settings, listener)) {
            publish(publisher, 0, 1);
            assertThat(publisher.flush(SOON)).isTrue();
            publish(publisher, 1, 200);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 200));
        assertThat(gateway.headers("Content-Encoding").getFirst()).isEmpty();
        assertThat(gateway.headers("Content-Encoding")).contains("gzip");
    }

    @Test
    void whatStaysOnThisMachineIsNotCompressed() {
        assertThat(PublisherSettings.of(gateway.uri()).gzipFrom()).isEqualTo(Integer.MAX_VALUE);
        assertThat(PublisherSettings.of(URI.create("https://example.org")).gzipFrom())
                .isEqualTo(4096);
    }

    private PublisherSettings settings(TokenSource token) {
        return Lines.settings(gateway).withAccess(Access.open().withToken(token));
    }

    private TokenSource renewing() {
        return () -> Optional.of(SECRET + asked.incrementAndGet());
    }
}
