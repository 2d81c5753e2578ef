package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class SessionBookTest {

    private static final Duration KEPT = Duration.ofDays(7);

    private final Map<String, byte[]> stored = new HashMap<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private SessionBook book = open();

    private SessionBook open() {
        var notes =
                new SessionBook.Notes() {
                    @Override
                    public Optional<byte[]> note(String name) {
                        return Optional.ofNullable(stored.get(name));
                    }

                    @Override
                    public void putNote(String name, byte[] value) {
                        stored.put(name, value);
                    }
                };
        return new SessionBook(notes, "old"::equals, KEPT, () -> now);
    }

    @Test
    void aSessionIsWhoseWhoUsedItFirst() {
        assertThat(book.claim("s", "alice")).isTrue();
        assertThat(book.claim("s", "bob")).isFalse();
        assertThat(book.claim("s", "alice")).isTrue();
        assertThat(book.owns("s", "alice")).isTrue();
        assertThat(book.owns("s", "bob")).isFalse();
        assertThat(book.owns("t", "alice")).isFalse();
        assertThat(book.claim("S", "bob")).isTrue();
    }

    @Test
    void ownersAreRememberedOverARestart() {
        book.claim("s", "alice with spaces, é");
        book = open();

        assertThat(book.claim("s", "bob")).isFalse();
        assertThat(book.owns("s", "alice with spaces, é")).isTrue();
    }

    @Test
    void anUnusedSessionIsFreeWhenNothingOfItCanBeLeft() {
        book.claim("s", "alice");
        now = now.plus(KEPT);
        assertThat(book.claim("s", "bob")).isFalse();
        assertThat(book.claim("s", "alice")).isTrue(); // used: the time begins anew
        now = now.plus(KEPT);
        assertThat(book.claim("s", "bob")).isFalse();
        now = now.plus(KEPT);

        assertThat(book.claim("s", "bob")).isTrue();
        assertThat(book.owns("s", "alice")).isFalse();
    }

    @Test
    void aSessionWithAnOpenStreamStaysItsOwners() {
        book.claim("s", "alice");
        for (Instant end = now.plus(KEPT).plus(KEPT); now.isBefore(end); ) {
            now = now.plus(Duration.ofHours(2));
            book.inUse("s", "alice");
            book.inUse("s", "bob"); // an admin who looks on owns nothing
        }
        assertThat(book.claim("s", "bob")).isFalse();
        book = open(); // as after kill -9
        assertThat(book.claim("s", "bob")).isFalse();
        assertThat(book.owns("s", "alice")).isTrue();
    }

    @Test
    void onePrincipalCannotTakeAll() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(book.claim("a" + i, "greedy")).isTrue();
        }
        assertThat(book.claim("one-more", "greedy")).isFalse();
        assertThat(book.claim("one-more", "modest")).isTrue();
        now = now.plus(KEPT).plus(KEPT);
        assertThat(book.claim("later", "greedy")).isTrue();
    }

    @Test
    void anOpenGatewayHasNoOwners() {
        assertThat(book.claim("s", "anybody")).isTrue();
        assertThat(book.claim("s", "alice")).isTrue();
        assertThat(stored.size()).isEqualTo(1);
    }

    @Test
    void nobodyTakesOverASessionOfTheTimeWhenTheGatewayWasOpen() {
        assertThat(book.claim("old", "mallory")).isFalse();
        assertThat(book.claim("new", "mallory")).isTrue();
    }
}
