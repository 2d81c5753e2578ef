package io.tailrace.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class RateLimitsTest {

    private final List<String> hits = new ArrayList<>();

    @Test
    void letsARequestInWholeAndMakesTheNextWait() {
        var limits = new RateLimits(10, 0, 0, hits::add);
        limits.check(Caller.ANYBODY);
        Duration wait = limits.take(Caller.ANYBODY, 1_000, 1 << 20);

        assertThat(wait).isBetween(Duration.ofSeconds(85), Duration.ofSeconds(95));
        assertThatThrownBy(() -> limits.check(Caller.ANYBODY))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(429);
                            assertThat(problem.retrySeconds()).isBetween(80L, 100L);
                            assertThat(problem.detail())
                                    .contains("Only 10 events a second", "send again in");
                        });
        assertThat(hits).containsExactly("publish_rate");
    }

    @Test
    void limitsBytesAndQuestionsToo() {
        var limits = new RateLimits(0, 100, 2, hits::add);
        var _ = limits.take(Caller.ANYBODY, 1, 5_000);
        limits.question(Caller.ANYBODY);
        limits.question(Caller.ANYBODY);

        assertThatThrownBy(() -> limits.check(Caller.ANYBODY)).hasMessageContaining("bytes");
        assertThatThrownBy(() -> limits.question(Caller.ANYBODY))
                .hasMessageContaining("Only 2 questions a minute");
        assertThat(hits).containsExactly("publish_bytes", "question_rate");
    }

    @Test
    void hasNoLimitWhereNoneIsSet() {
        var limits = new RateLimits(0, 0, 0, hits::add);

        assertThat(limits.take(Caller.ANYBODY, 1_000_000, 1 << 30)).isZero();
        assertThatCode(
                        () -> {
                            limits.check(Caller.ANYBODY);
                            limits.question(Caller.ANYBODY);
                        })
                .doesNotThrowAnyException();
    }
}
