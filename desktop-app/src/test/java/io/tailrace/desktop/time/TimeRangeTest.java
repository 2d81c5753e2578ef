package io.tailrace.desktop.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class TimeRangeTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void itsEndsMayBeDraggedInAnyOrder() {
        TimeRange range = TimeRange.between(NOON.plusSeconds(60), NOON);
        assertThat(range.begin()).isEqualTo(NOON);
        assertThat(range.length()).isEqualTo(Duration.ofMinutes(1));
        assertThat(TimeRange.between(NOON, NOON).length()).isPositive();
    }

    @Test
    void zoomingKeepsTheTimeUnderTheMouseInItsPlace() {
        TimeRange range = TimeRange.between(NOON, NOON.plusSeconds(100));
        TimeRange nearer = range.zoomed(NOON.plusSeconds(25), 0.5);
        assertThat(nearer.length()).isEqualTo(Duration.ofSeconds(50));
        assertThat(Duration.between(nearer.begin(), NOON.plusSeconds(25)).toMillis())
                .isEqualTo(12_500);
        assertThat(range.moved(0.5).begin()).isEqualTo(NOON.plusSeconds(50));
        assertThat(range.contains(NOON.plusSeconds(100))).isTrue();
        assertThat(range.contains(NOON.minusMillis(1))).isFalse();
    }
}
