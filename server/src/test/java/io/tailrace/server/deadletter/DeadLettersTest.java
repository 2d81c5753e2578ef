package io.tailrace.server.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

class DeadLettersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final DeadLetter.Source SOURCE =
            new DeadLetter.Source("ci", "/api/events?x=1", "application/json");

    private final Redactor redactor =
            new Redactor(RedactionRules.standard(), RedactionObserver.NONE);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    private DeadLetters on(Shelf shelf) {
        return new DeadLetters(shelf, redactor, clock, 3, 10_000);
    }

    private static void keep(DeadLetters letters, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        letters.keep(SOURCE, "It is wrong.", bytes, 0, bytes.length);
    }

    private static String body(DeadLetters letters, long id) {
        return new String(letters.get(id).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    @Test
    void theyAreThereAfterARestartWithAllThatBelongsToThem(@TempDir Path directory) {
        DeadLetters letters = on(new FileShelf(directory.resolve("a/b")));
        keep(letters, "{\"é\":1}");
        keep(letters, "second");
        letters.failedAgain(2);

        DeadLetters again = on(new FileShelf(directory.resolve("a/b")));

        assertThat(again.after(0, 10)).hasSize(2);
        DeadLetter first = again.get(1).orElseThrow();
        assertThat(first.source()).isEqualTo(SOURCE);
        assertThat(first.reason()).isEqualTo("It is wrong.");
        assertThat(first.time()).isEqualTo(NOW);
        assertThat(body(again, 1)).isEqualTo("{\"é\":1}");
        assertThat(again.get(2).orElseThrow().tries()).isEqualTo(1);
        keep(again, "third");
        assertThat(body(again, 3)).isEqualTo("third");
    }

    @Test
    void newerOnesPushOutTheOldest() {
        DeadLetters letters = on(new MemoryShelf());
        for (int i = 1; i <= 5; i++) {
            keep(letters, "n" + i);
        }
        assertThat(letters.ids()).containsExactly(3L, 4L, 5L);
        keep(letters, "x".repeat(6_000));
        keep(letters, "x".repeat(6_000));

        assertThat(letters.ids()).containsExactly(7L);
        assertThat(letters.counts()).isEqualTo(new DeadLetters.Counts(1, 7, 6, 0));
    }

    @Test
    void whoHasManyPushesOutHisOwnAndNobodyElses(@TempDir Path directory) {
        var other = new DeadLetter.Source("other", "/v1/logs", "");
        Shelf shelf = new FileShelf(directory);
        DeadLetters letters = new DeadLetters(shelf, redactor, clock, 6, 20_000);
        letters.keep(other, "no", new byte[10], 0, 10);
        for (int i = 0; i < 50; i++) {
            letters.keep(
                    new DeadLetter.Source("ci", "/api/events?x=" + i, ""),
                    "no",
                    new byte[10],
                    0,
                    10);
        }
        assertThat(letters.ids()).containsExactly(1L, 47L, 48L, 49L, 50L, 51L);

        letters = new DeadLetters(shelf, redactor, clock, 6, 20_000); // it still knows whose
        letters.keep(SOURCE, "large", new byte[9_000], 0, 9_000);
        letters.keep(SOURCE, "large", new byte[9_000], 0, 9_000);
        assertThat(letters.ids()).contains(1L, 53L).doesNotContain(52L);
        letters.keep(new DeadLetter.Source("ci", "/new", ""), "no", new byte[10], 0, 10);
        letters.keep(new DeadLetter.Source("ci", "/new", ""), "no", new byte[10], 0, 10);
        letters.keep(new DeadLetter.Source("ci", "/new", ""), "no", new byte[10], 0, 10);
        assertThat(letters.ids()).contains(1L, 54L, 55L, 56L);
    }

    @Test
    void secretsAreMaskedInJsonAndInWhatIsNot() {
        DeadLetters letters = on(new MemoryShelf());
        keep(letters, "{\"credentials\":\"hunter2\",\"n\":1}");
        keep(letters, "{\"password\":\"hunter2\", broken");
        letters.keep(
                new DeadLetter.Source("ci", "/x?u=ftp://u:hunter2@h", ""), "no", new byte[0], 0, 0);

        assertThat(body(letters, 1)).isEqualTo("{\"credentials\":\"[redacted]\",\"n\":1}");
        assertThat(body(letters, 2)).isEqualTo("{\"password\":\"[redacted]\", broken");
        assertThat(letters.get(3).orElseThrow().source().target()).doesNotContain("hunter2");
    }

    @Test
    void reasonsQuoteNoSecrets() {
        DeadLetters letters = on(new MemoryShelf());
        byte[] body = "{\"password\": hunter2, \"n\": nan}".getBytes(StandardCharsets.UTF_8);
        letters.keep(SOURCE, "Unrecognized token 'hunter2' or 'nan'.", body, 0, body.length);
        letters.keep(SOURCE, "Not password=hunter2.", new byte[0], 0, 0);

        assertThat(letters.get(1).orElseThrow().reason())
                .isEqualTo("Unrecognized token '[redacted]' or 'nan'.");
        assertThat(letters.get(2).orElseThrow().reason()).doesNotContain("hunter2");
    }

    @Test
    void whatWasNotTakenIsToldFromTheAnswer() {
        for (int rejected : new int[] {1, 2, 9, 20, 99}) {
            assertThat(Redrive.taken(200, "{\"rejected_count\":" + rejected + "}")).isFalse();
        }
        assertThat(Redrive.taken(200, "{\"accepted\":1,\"rejected_count\":0}")).isTrue();
        assertThat(Redrive.taken(200, "{\"summary\":{\"failed\":2}}")).isFalse();
        assertThat(Redrive.taken(200, "")).isTrue();
        assertThat(Redrive.taken(400, "{}")).isFalse();
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAreAndLargeOnesAreCut() {
        DeadLetters letters = new DeadLetters(new MemoryShelf(), redactor, clock, 10, 1 << 20);
        byte[] bytes = {0, (byte) 0xff, (byte) 0xfe, 'a', (byte) 0xc3};
        letters.keep(SOURCE, "no", bytes, 1, 4);
        letters.keep(SOURCE, "no", new byte[200_000], 0, 200_000);

        assertThat(letters.get(1).orElseThrow().body())
                .containsExactly((byte) 0xff, (byte) 0xfe, 'a', (byte) 0xc3);
        assertThat(letters.get(1).orElseThrow().cut()).isFalse();
        assertThat(letters.get(2).orElseThrow().body()).hasSize(64 * 1024);
        assertThat(letters.get(2).orElseThrow().size()).isEqualTo(200_000);
        assertThat(letters.get(2).orElseThrow().cut()).isTrue();
    }

    @Test
    void aDiskThatRefusesHarmsNobody() {
        DeadLetters letters =
                on(
                        new Shelf() {
                            @Override
                            public Map<Long, Integer> sizes() {
                                return Map.of();
                            }

                            @Override
                            public void put(long id, byte[] letter) throws IOException {
                                throw new IOException("full");
                            }

                            @Override
                            public Optional<byte[]> get(long id) {
                                return Optional.empty();
                            }

                            @Override
                            public void remove(long id) {}
                        });
        keep(letters, "a");
        keep(letters, "b");

        assertThat(letters.counts()).isEqualTo(new DeadLetters.Counts(0, 2, 0, 2));
        assertThat(letters.delete(1)).isFalse();
    }

    @Test
    void damagedFilesAreNotShown(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("7.json"), "{\"id\":7");
        Files.writeString(directory.resolve("other"), "x");
        DeadLetters letters = on(new FileShelf(directory));

        assertThat(letters.after(0, 10)).isEmpty();
        assertThat(letters.get(7)).isEmpty();
        keep(letters, "a");
        assertThat(letters.ids()).containsExactly(7L, 8L);
    }
}
