package io.tailrace.publisher;

import static io.tailrace.publisher.FakeGateway.hangUp;
import static io.tailrace.publisher.FakeGateway.storeAndHangUp;
import static io.tailrace.publisher.Lines.SOON;
import static io.tailrace.publisher.Lines.awaitForever;
import static io.tailrace.publisher.Lines.numbers;
import static io.tailrace.publisher.Lines.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class SpillTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir private Path disk;
    private Path folder;
    private FakeGateway gateway;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void startGateway() throws IOException {
        folder = disk.resolve("a/spill");
        gateway = new FakeGateway();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void whatTheGatewayDoesNotTakeGoesToDiskAndFromThereToTheNextPublisher() throws Exception {
        int port = away();
        Publisher publisher = publisher(settings());
        publish(publisher, 0, 1_000);
        await().until(() -> publisher.stats().spilled() == 1_000);
        assertThat(publisher.stats().queuedBytes()).isZero();
        publisher.close();
        assertThat(listener.kept).hasValue(1_000);
        assertThat(listener.undelivered).hasValue(0);

        reopen(port);
        try (Publisher next = publisher(settings())) {
            publish(next, 1_000, 1_100);
            assertThat(next.flush(SOON)).isTrue();
            assertThat(next.stats().acknowledged()).isEqualTo(1_100);
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 1_100));
        assertThat(files()).isEmpty();
    }

    @Test
    void aPublisherThatGoesOnDeliversInOrderWhenTheGatewayComesBack() throws Exception {
        int port = away();
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 5_000);
            await().until(() -> publisher.stats().spilled() > 0);
            reopen(port);
            publish(publisher, 5_000, 10_000);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 10_000));
        assertThat(listener.story.getLast()).isEqualTo("recovered");
        assertThat(gateway.keys().size()).isLessThan(400); // small batches travel together
    }

    @Test
    void nothingIsDoubledWhoseAnswerGotLostBeforeTheProcessEnded() throws Exception {
        for (int i = 0; i < 2; i++) {
            gateway.next(storeAndHangUp());
        }
        gateway.next((_, _, _) -> awaitForever());
        PublisherSettings settings = settings().withTimeouts(SOON, Duration.ZERO);
        Publisher publisher = publisher(settings);
        publish(publisher, 0, 250);
        await().until(() -> gateway.keys().size() >= 3); // the third gets no answer
        publish(publisher, 250, 300);
        publisher.close();

        try (Publisher next = publisher(settings())) {
            assertThat(next.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 300));
        assertThat(gateway.stored()).hasSize(300);
    }

    @Test
    void groupsThatWereTriedAreTriedAgainWithTheSameEvents() throws Exception {
        int port = away();
        Publisher publisher = publisher(settings());
        for (int i = 0; i < 5; i++) { // small batches
            int have = i + 1;
            publish(publisher, i, have);
            await().until(() -> publisher.stats().spilled() == have);
        }
        reopen(port, storeAndHangUp(), storeAndHangUp(), hangUp());
        await().until(() -> gateway.keys().size() > 1);
        publish(publisher, 5, 9);
        assertThat(publisher.flush(SOON)).isTrue();
        publisher.close();
        assertThat(gateway.messages()).isEqualTo(numbers(0, 9));
    }

    @Test
    void aStalledGatewayFillsTheDiskAndNotTheMemory() throws Exception {
        gateway.next((_, _, _) -> awaitForever());
        PublisherSettings settings =
                settings().withMemory(200_000, new WhenFull.Block(SOON)).withTimeouts(SOON, SHORT);
        Publisher publisher = publisher(settings);
        publish(publisher, 0, 5_000); // five times what memory holds
        assertThat(publisher.stats().dropped()).isZero();
        assertThat(publisher.stats().queuedBytes()).isLessThanOrEqualTo(200_000);
        await().until(() -> publisher.stats().spilled() == 5_000);
        gateway.close();
        publisher.close();
        assertThat(listener.kept).hasValue(5_000);
    }

    @Test
    void aMillionLinesWhileAwayStayWithinBounds() throws Exception {
        int port = away();
        PublisherSettings settings =
                settings()
                        .withMemory(1_000_000, new WhenFull.DropAndReport())
                        .withBatches(500, 256 * 1024, Duration.ofMillis(5))
                        .withSpill(folder, 8 * 1024 * 1024);
        try (Publisher publisher = publisher(settings)) {
            long begin = System.nanoTime();
            publish(publisher, 0, 1_000_000);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            PublisherStats stats = publisher.stats();
            assertThat(took).isLessThan(Duration.ofSeconds(60));
            assertThat(stats.queuedBytes()).isLessThanOrEqualTo(1_000_000);
            assertThat(stats.queued() + stats.dropped()).isEqualTo(1_000_000);
            assertThat(stats.spilled()).isPositive();
            assertThat(size()).isLessThanOrEqualTo(8 * 1024 * 1024);
            reopen(port);
            assertThat(publisher.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(gateway.stored()).hasSize(Math.toIntExact(stats.queued()));
            await().untilAsserted(() -> assertThat(listener.dropped).hasValue(stats.dropped()));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyTheOwnerMayLookIntoIt() throws Exception {
        int _ = away();
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 10);
            await().until(() -> publisher.stats().spilled() == 10);
            for (Path file : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .endsWith("------");
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidOnceAndStopsNothing() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file, not a folder");
        int port = away();
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 500);
            await().until(() -> listener.story.stream().anyMatch(s -> s.startsWith("warned")));
            reopen(port);
            assertThat(publisher.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).isEqualTo(numbers(0, 500));
        assertThat(listener.story.stream().filter(s -> s.startsWith("warned")))
                .singleElement()
                .asString()
                .contains("cannot be written", "events wait in memory");
    }

    @Test
    void damagedBytesAreLeftOutAndTheRestIsSent() throws Exception {
        int port = away();
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 10);
            await().until(() -> publisher.stats().spilled() == 10);
            publish(publisher, 10, 20);
            await().until(() -> publisher.stats().spilled() == 20);
        }
        Path segment =
                files().stream()
                        .filter(f -> f.toString().endsWith(".spill"))
                        .findFirst()
                        .orElseThrow();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 5] ^= 1; // the last batch
        Files.write(segment, bytes);
        Path other = folder.resolve("stranger");
        Files.createDirectory(other);
        Files.writeString(other.resolve("00000001.spill"), "no segment at all");
        Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        reopen(port);
        long lost;
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 50, 60);
            assertThat(publisher.flush(SOON)).isTrue();
            lost = publisher.stats().dropped();
            assertThat(publisher.stats().acknowledged() + lost).isEqualTo(30 + 1); // three bytes
        }
        List<String> messages = gateway.messages();
        assertThat(messages).endsWith(numbers(50, 60).toArray(String[]::new));
        assertThat(lost).isPositive();
        assertThat(messages.size()).isEqualTo(30 + 1 - lost);
        assertThat(listener.dropped).hasValue(lost);
        assertThat(listener.story).anyMatch(s -> s.contains("damaged"));
    }

    @Test
    void aTornEndIsCountedAlsoWhenNothingElseIsLeft() throws Exception {
        int port = away();
        try (Publisher publisher = publisher(settings())) {
            publish(publisher, 0, 10);
            await().until(() -> publisher.stats().spilled() == 10);
        }
        Path segment =
                files().stream().filter(f -> f.toString().endsWith(".spill")).findFirst().get();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, Segment.HEAD + 100)); // in the first batch

        reopen(port);
        try (Publisher publisher = publisher(settings())) {
            assertThat(publisher.flush(SOON)).isTrue();
            assertThat(publisher.stats().dropped()).isPositive();
            assertThat(publisher.stats().queued()).isZero();
        }
        assertThat(gateway.messages()).isEmpty();
        assertThat(listener.story).anyMatch(s -> s.contains("damaged"));
    }

    @Test
    void publishersShareAFolderAndLeaveEachOtherAlone() throws Exception {
        int port = away();
        try (Publisher one = publisher(settings());
                Publisher two = publisher(settings())) {
            publish(one, 0, 100);
            publish(two, 100, 200);
            await().until(() -> one.stats().spilled() + two.stats().spilled() == 200);
            try (Publisher three = publisher(settings())) { // those two live
                assertThat(three.flush(SOON)).isTrue();
                assertThat(three.stats().queued()).isZero();
            }
            reopen(port);
            assertThat(one.flush(SOON) && two.flush(SOON)).isTrue();
        }
        assertThat(gateway.messages()).containsExactlyInAnyOrderElementsOf(numbers(0, 200));
    }

    private int away() {
        int port = gateway.port();
        gateway.close();
        return port;
    }

    private void reopen(int port, FakeGateway.Misbehaviour... script) {
        await().ignoreExceptions()
                .until(() -> {
                    gateway = new FakeGateway(port, script);
                    return true;
                });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> !f.equals(folder)).toList();
        }
    }

    private long size() throws IOException {
        return files().stream().mapToLong(f -> f.toFile().length()).sum();
    }

    private PublisherSettings settings() {
        return Lines.settings(gateway).withSpill(folder, 64 * 1024 * 1024);
    }

    private Publisher publisher(PublisherSettings settings) {
        return new Publisher(settings, listener);
    }
}
