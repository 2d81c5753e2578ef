package io.tailrace.desktop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class SeriesTest {

    private final Series series = new Series();

    @Test
    void keepsTheLastValueOfASecond() {
        series.set(Instant.ofEpochMilli(1_100), 5);
        series.set(Instant.ofEpochMilli(1_900), 7);

        assertThat(series.size()).isEqualTo(1);
        assertThat(series.value(0)).isEqualTo(7);
    }

    @Test
    void forgetsTheOldestWhenFull() {
        for (int second = 0; second < Series.CAPACITY + 10; second++) {
            set(second, second);
        }

        assertThat(series.size()).isEqualTo(Series.CAPACITY);
        assertThat(series.second(0)).isEqualTo(10);
        set(3, 99);
        assertThat(series.second(0)).isEqualTo(10);
    }

    @Test
    void lateValuesFindTheirPlaceAlsoAcrossTheSeamOfTheRing() {
        for (int second = 0; second < Series.CAPACITY + 400; second += 2) {
            set(second, second);
        }
        for (int second = 1; second < Series.CAPACITY + 400; second += 2) {
            set(second, second);
        }

        assertThat(series.size()).isEqualTo(Series.CAPACITY);
        for (int i = 0; i < series.size(); i++) {
            assertThat(series.second(i)).isEqualTo(400L + i);
            assertThat(series.value(i)).isEqualTo(400.0 + i);
        }
    }

    @Test
    void numbersThatAreNoneLeaveAGap() {
        set(1, Double.NaN);
        set(2, Double.POSITIVE_INFINITY);

        assertThat(series.size()).isZero();
    }

    @Test
    void aGapIsMuchLongerThanTheUsualSpacing() {
        for (int i = 0; i < 30; i++) {
            set(i * 10L, i);
        }
        assertThat(series.gapAfter()).isEqualTo(40);
        assertThat(new Series().gapAfter()).isEqualTo(5);
    }

    @Test
    void summarisesWhatIsShown() {
        set(0, 1_000);
        for (int i = 1; i <= 100; i++) {
            set(i, i);
        }

        Series.Summary summary = series.summary(1);
        assertThat(summary).isEqualTo(new Series.Summary(100, 100, 1, 100, 95));
        assertThat(series.summary(1_000).points()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0, 100, 5, 0, 100
                    7, 93, 5, 0, 100
                    90, 93, 4, 90, 93
                    5, 5, 5, 2, 8
                    0, 0, 5, 0, 1
                    -3, 8, 5, -5, 10
                    """)
    void axesEndAtRoundValues(double min, double max, int wanted, double low, double high) {
        ValueAxis axis = ValueAxis.of(min, max, wanted);

        assertThat(axis.low()).isLessThanOrEqualTo(min);
        assertThat(axis.high()).isGreaterThanOrEqualTo(max);
        assertThat(axis.low()).isEqualTo(low);
        assertThat(axis.high()).isEqualTo(high);
        assertThat(axis.ticks()).hasSizeBetween(2, 12);
    }

    private void set(long second, double value) {
        series.set(Instant.ofEpochSecond(second), value);
    }
}
