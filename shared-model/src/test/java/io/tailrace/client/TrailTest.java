package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.Seen;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class TrailTest {

    private static final Channel CHANNEL = new Channel("logs:ä.x:b%c");

    private final Trail trail = new Trail();

    @Test
    void hasTheNewestEntriesAndEverFewerOlderOnes() {
        receive("e", 1, 100_000);

        List<Long> positions = positions("e", 100_000);

        assertThat(positions).startsWith(100_000L, 99_999L, 99_998L, 99_997L);
        assertThat(positions).hasSizeLessThanOrEqualTo(Seen.MOST);
        for (long distance = 1; distance <= 50_000; distance *= 2) {
            long wanted = 100_000 - distance;
            assertThat(positions.stream().filter(p -> p <= wanted).findFirst().orElse(0L))
                    .as("a mark not much farther back than %d", distance)
                    .isGreaterThanOrEqualTo(100_000 - 5 * distance);
        }
    }

    @Test
    void forgetsWhatTheLogHasLostAndOtherLives() {
        receive("e", 1, 100);

        trail.forgetAfter(new Cursor("e", 95));
        assertThat(positions("e", 100)).startsWith(95L);

        receive("f", 1, 3);
        assertThat(positions("e", 100)).isEmpty();
        assertThat(positions("f", 2)).containsExactly(2L, 1L);
    }

    @Test
    void marksAreTheSameOnTheOtherSideOfTheWire() {
        receive("e", 1, 100);
        List<Seen> marks = trail.upTo(new Cursor("e", 100));

        assertThat(Seen.parse(Seen.header(marks))).isEqualTo(marks);
        assertThat(Seen.parse("")).isEmpty();
        assertThat(new Trail(marks, new Cursor("e", 100)).upTo(new Cursor("e", 100)))
                .isEqualTo(marks);
        for (String bad : List.of("x", "1.2", "1.zz.logs:a:b", "1.1.n o p e", "..", ",")) {
            assertThatThrownBy(() -> Seen.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Seen.HEADER);
        }
    }

    @Test
    void longNamesDoNotOutgrowAHeader() {
        Channel longest = new Channel("logs:" + "ä".repeat(100) + ":" + "ö".repeat(100));
        List<Seen> marks =
                IntStream.range(0, Seen.MOST).mapToObj(i -> new Seen(longest, 99 - i, i)).toList();

        String header = Seen.header(marks);

        assertThat(header).hasSizeLessThanOrEqualTo(4_096);
        assertThat(Seen.parse(header)).isNotEmpty().isEqualTo(marks.subList(0, 3));
    }

    private void receive(String epoch, int from, int to) {
        for (int i = from; i <= to; i++) {
            Header header = Header.of(CHANNEL, Instant.EPOCH, Subject.NONE);
            var line = new Event.Log(header, Level.INFO, "line " + i, null, null);
            trail.add(new Entry(new Cursor(epoch, i), line));
        }
    }

    private List<Long> positions(String epoch, long upTo) {
        return trail.upTo(new Cursor(epoch, upTo)).stream().map(Seen::position).toList();
    }
}
