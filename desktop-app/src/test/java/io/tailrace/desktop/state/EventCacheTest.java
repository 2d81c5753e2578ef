package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

class EventCacheTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    @TempDir Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void theFirstStartHasNothing() {
        try (EventCache cache = open()) {
            assertThat(cache.replay(_ -> {})).isFalse();
            assertThat(cache.place()).isNull();
        }
    }

    @Test
    void whatWasKeptComesAgainInOrderAndTheLastEntryIsThePlace() {
        write(1, 1000);
        assertThat(positions())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1000).boxed().toList());
        write(1001, 1010);
        assertThat(positions()).hasSize(1010).endsWith(1010L);
        assertThat(told).isEmpty();
    }

    @Test
    void anEntryThatComesAgainIsNotFresh() {
        write(1, 10);
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            assertThat(cache.place()).isEqualTo(new Cursor("e", 10));
            assertThat(cache.keep(line(10, "orders"))).isFalse();
            assertThat(cache.keep(line(9, "users"))).isTrue(); // older, but of another channel
            assertThat(cache.place()).isEqualTo(new Cursor("e", 9));
            assertThat(cache.keep(line(11, "orders"))).isTrue();
        }
        assertThat(positions()).endsWith(10L, 9L, 11L);
    }

    @Test
    void anotherLifeOfTheLogHasOtherPositions() {
        write(1, 10);
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            assertThat(cache.keep(line("f", 3, "orders"))).isTrue();
            assertThat(cache.place()).isEqualTo(new Cursor("f", 3));
        }
    }

    @Test
    void whatNewChannelsBeginWithDoesNotSetThePlaceBack() {
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            cache.keep(line(100, "orders"));
            cache.keep(line(50, "users"));
            assertThat(cache.place()).isEqualTo(new Cursor("e", 50)); // cut here, it begins again
            cache.keep(changed("logs:acme:*"));
            assertThat(cache.place()).isEqualTo(new Cursor("e", 100));
            assertThat(cache.channels()).containsExactly("logs:acme:*");
        }
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            assertThat(cache.place()).isEqualTo(new Cursor("e", 100));
            assertThat(cache.channels()).containsExactly("logs:acme:*");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 40, 200})
    void aCrashInTheMiddleOfAWriteCostsOnlyTheLastEntries(int bytes) throws IOException {
        write(1, 100);
        Path file = newest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - bytes);
        }
        List<Long> kept = positions();
        assertThat(kept).isNotEmpty().startsWith(1L, 2L).doesNotContain(100L);
        write(kept.getLast() + 1, 120);
        assertThat(positions())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 120).boxed().toList());
        assertThat(told).isEmpty(); // that is what a crash is, nobody lost anything
    }

    @Test
    void noDamageMakesAHoleOrAnException() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            write(round * 100L + 1, round * 100L + 100);
            Path file = newest();
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, bytes);
            List<Long> kept = positions();
            for (int i = 1; i < kept.size(); i++) {
                assertThat(kept.get(i)).isEqualTo(kept.get(i - 1) + 1);
            }
            for (Path old : files()) {
                Files.delete(old);
            }
        }
    }

    @Test
    void aFileThatIsNoneIsMovedAsideAndTold() throws IOException {
        Files.writeString(folder.resolve("000000000001.events"), "nonsense, but long enough");
        assertThat(positions()).isEmpty();
        assertThat(told).hasSize(1).first().asString().contains("damaged");
        assertThat(folder.resolve("000000000001.events.broken")).exists();
        write(1, 5);
        assertThat(positions()).hasSize(5);
    }

    @Test
    void theOldestGivesWay() throws IOException {
        try (EventCache cache = EventCache.open(folder, 120_000, told::add).orElseThrow()) {
            cache.replay(_ -> {});
            for (int i = 1; i <= 5_000; i++) {
                cache.keep(line(i, "orders"));
            }
        }
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThan(150_000);
        List<Long> kept = positions();
        assertThat(kept).endsWith(5_000L).hasSizeBetween(200, 1_500);
    }

    @Test
    void oneConsoleAtATimeKeepsIt() throws IOException {
        try (FileChannel other =
                FileChannel.open(
                        Files.createDirectories(folder).resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            var lock = other.tryLock();
            assertThat(lock).isNotNull();
            assertThat(EventCache.open(folder, 1 << 20, told::add)).isEmpty();
        }
        assertThat(told).hasSize(1).first().asString().contains("Another console");
    }

    @Test
    void aFolderThatCannotBeUsedIsToldInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(EventCache.open(file.resolve("events"), 1 << 20, told::add)).isEmpty();
        assertThat(told).hasSize(1).first().asString().contains("cannot be kept");
    }

    private void write(long from, long to) {
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            for (long i = from; i <= to; i++) {
                cache.keep(line(i, "orders"));
            }
        }
    }

    private List<Long> positions() {
        List<Long> positions = new ArrayList<>();
        try (EventCache cache = open()) {
            cache.replay(item -> {
                if (item instanceof StreamItem.Received(Entry entry, _)) {
                    positions.add(entry.cursor().position());
                }
            });
        }
        return positions;
    }

    private EventCache open() {
        return EventCache.open(folder, 10 << 20, told::add).orElseThrow();
    }

    private Path newest() throws IOException {
        return files().getLast();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".events")).sorted().toList();
        }
    }

    private static StreamItem line(long position, String workflow) {
        return line("e", position, workflow);
    }

    private static StreamItem line(String epoch, long position, String workflow) {
        Header header = Header.of(Channel.logs("acme", workflow), NOW, Subject.NONE);
        return new StreamItem.Received(
                new Entry(
                        new Cursor(epoch, position),
                        new Event.Log(header, Level.INFO, "line " + position, null, null)),
                NOW);
    }

    private static StreamItem changed(String... channels) {
        Header header = Header.of(Channel.session("s"), NOW, Subject.NONE);
        return new StreamItem.Told(new Event.ChannelsChanged(header, List.of(channels)), NOW);
    }

    @Test
    void whatComesAllTheTimeIsOnDiskSoon() {
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            AtomicLong next = new AtomicLong();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        cache.keep(line(next.incrementAndGet(), "orders"));
                        return !files().isEmpty() && Files.size(newest()) > CacheSegment.HEADER;
                    });
        }
    }

    @Test
    void whateverEndsTheKeepingIsTold() {
        Object nested = "x";
        for (int i = 0; i < 3_000; i++) {
            nested = List.of(nested);
        }
        Header header =
                new Header(Channel.logs("acme", "a"), NOW, Subject.NONE, Map.of("x", nested));
        try (EventCache cache = open()) {
            cache.replay(_ -> {});
            cache.keep(
                    new StreamItem.Received(
                            new Entry(
                                    new Cursor("e", 1),
                                    new Event.Log(header, Level.INFO, "deep", null, null)),
                            NOW));
        }
        assertThat(told).hasSize(1).first().asString().contains("no longer be kept");
    }
}
