package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

class BackoffTest {

    private static final RandomGenerator LONGEST =
            new Random() {
                private static final long serialVersionUID = 1;

                @Override
                public int nextInt(int bound) {
                    return bound - 1;
                }
            };

    @Test
    void doublesUpToTheLimit() {
        Backoff backoff = Backoff.standard();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
            assertThat(backoff.delay(LONGEST)).isEqualTo(Duration.ofSeconds(seconds));
            backoff = backoff.next();
        }
        assertThat(backoff.reset().delay(LONGEST)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void neverOverflows() {
        Backoff backoff = Backoff.standard().withBase(Duration.ofDays(9_999));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.delay(LONGEST)).isEqualTo(Duration.ofMinutes(5));
            backoff = backoff.next();
        }
    }

    @Test
    void jitterTakesUpToHalf() {
        Random random = new Random(1);
        Backoff backoff = Backoff.standard().next().next();
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.delay(random))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void aBaseOfNothingWaitsNothing() {
        assertThat(Backoff.standard().withBase(Duration.ZERO).next().delay(LONGEST)).isZero();
    }
}
