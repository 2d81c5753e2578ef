package io.tailrace.server.source.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeSet;

class IdRangesTest {

    private final IdRanges ids = new IdRanges();

    @Test
    void neighboursAreOneRange() {
        ids.add(5, 1);
        ids.add(7, 2);
        ids.add(6, 9);
        assertThat(ids.list()).containsExactly(new IdRanges.Range(5, 7, 9));
    }

    @Test
    void holesAreWhatIsNotThere() {
        ids.add(3, 1);
        ids.add(5, 1);
        assertThat(ids.holesBehind(1))
                .containsExactly(
                        new IdRanges.Range(2, 2, 0),
                        new IdRanges.Range(4, 4, 0),
                        new IdRanges.Range(6, Long.MAX_VALUE, 0));
        assertThat(ids.holesBehind(3)).hasSize(2);
    }

    @Test
    void whatOnlyOldTransactionsWroteIsForgotten() {
        ids.add(1, 10);
        ids.add(3, 20);
        ids.add(4, 20);
        ids.forget(3, 15);
        assertThat(ids.list()).containsExactly(new IdRanges.Range(4, 4, 20));
        ids.forget(0, 21);
        assertThat(ids.size()).isZero();
    }

    @Test
    void everyIdIsInTheSetOrInAHole() {
        Random random = new Random(3);
        TreeSet<Long> expected = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            long id = random.nextInt(400);
            ids.add(id, i);
            expected.add(id);
            long behind = random.nextLong(-1, 399);
            for (long each = 0; each < 400; each++) {
                long one = each;
                boolean hole =
                        ids.holesBehind(behind).stream()
                                .anyMatch(h -> h.low() <= one && one <= h.high());
                assertThat(hole).isEqualTo(one > behind && !expected.contains(one));
            }
        }
    }
}
