package io.tailrace.desktop.paint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class TimeScaleTest {

    private static final Instant FROM = Instant.parse("2026-11-21T02:00:30Z");

    @Test
    void putsTimesInProportion() {
        TimeScale scale = new TimeScale(FROM, FROM.plusSeconds(100), 50, 250);

        assertThat(scale.x(FROM)).isEqualTo(50);
        assertThat(scale.x(FROM.plusSeconds(25))).isEqualTo(100);
        assertThat(scale.x(FROM.plusSeconds(100))).isEqualTo(250);
    }

    @Test
    void timeAlwaysGoesOn() {
        assertThat(new TimeScale(FROM, FROM, 0, 100).x(FROM)).isZero();
    }

    @Test
    void ticksAreRoundInTheViewersZone() {
        TimeScale scale = new TimeScale(FROM, FROM.plusSeconds(1_400), 0, 1_000);
        Duration step = scale.step(58);

        assertThat(step).isEqualTo(Duration.ofMinutes(2));
        assertThat(scale.ticks(ZoneOffset.UTC, step))
                .startsWith(Instant.parse("2026-11-21T02:02:00Z"))
                .hasSize(11);

        TimeScale days = new TimeScale(FROM, FROM.plusSeconds(8 * 86_400), 0, 500);
        assertThat(days.ticks(ZoneId.of("Asia/Kolkata"), days.step(58)))
                .startsWith(Instant.parse("2026-11-21T18:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 900, 86_400, 40_000_000, 4_000_000_000L})
    void neverHasMoreTicksThanThereIsRoomFor(long seconds) {
        TimeScale scale = new TimeScale(FROM, FROM.plusSeconds(seconds), 0, 600);

        assertThat(scale.ticks(ZoneOffset.UTC, scale.step(60))).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void theSpanOfALiveRunGrowsInSteps() {
        Duration span = TimeScale.steadySpan(Duration.ofSeconds(100));

        assertThat(span).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(113));
        assertThat(TimeScale.steadySpan(span.minusMillis(1))).isEqualTo(span);
    }
}
