package io.tailrace.desktop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

class WordsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T01:17:10.100Z");
    private final Times berlin = new Times(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    -5, 0 ms, 0 s
                    350, 350 ms, 0 s
                    4000, 4 s, 4 s
                    4250, 4.2 s, 4 s
                    59999, 59 s, 59 s
                    60000, 1 m, 1 m
                    580000, 9 m 40 s, 9 m
                    3600000, 1 h, 1 h
                    7500000, 2 h 5 m, 2 h
                    529200000, 6 d 3 h, 6 d
                    """)
    void saysDurationsAsPeopleDo(long millis, String full, String brief) {
        assertThat(Durations.say(Duration.ofMillis(millis))).isEqualTo(full);
        assertThat(Durations.brief(Duration.ofMillis(millis))).isEqualTo(brief);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | 0
                    -0.0 | 0
                    5 | 5
                    5.04 | 5.04
                    12.345 | 12.3
                    99.96 | 100
                    1150.4 | 1,150
                    0.0125 | 0.0125
                    -1234567 | -1,234,567
                    NaN | not a number
                    """)
    void saysNumbersWithThreeDigitsOrAllBeforeThePoint(double value, String words) {
        assertThat(Numbers.plain(value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    5000 | ms | 5 s
                    42 | ms | 42 ms
                    0.00025 | s | 250 µs
                    93 | s | 1 m 33 s
                    1536 | By | 1.5 KiB
                    3145728 | By/s | 3 MiB/s
                    80 | % | 80 %
                    1150 | rows/s | 1,150 rows/s
                    12 | pods | 12 pods
                    7 | 1 | 7
                    """)
    void saysUnitsThatReadBest(double value, String unit, String words) {
        assertThat(Numbers.withUnit(value, unit)).isEqualTo(words);
    }

    @Test
    void onlyTheCompleteIsAHundredPercent() {
        assertThat(Numbers.percent(99.9)).isEqualTo("99 %");
        assertThat(Numbers.percent(100)).isEqualTo("100 %");
    }

    @Test
    void saysTheTimeOfTodayAndTheDayOtherwise() {
        assertThat(berlin.when(NOW, NOW)).isEqualTo("02:17");
        assertThat(berlin.when(NOW.minusSeconds(86_400), NOW)).isEqualTo("20 Nov");
        assertThat(berlin.when(NOW.minusSeconds(400L * 86_400), NOW)).isEqualTo("17 Oct 2025");
        // still yesterday in UTC, already today here
        assertThat(berlin.when(Instant.parse("2026-11-20T23:30:00Z"), NOW)).isEqualTo("00:30");
    }

    @Test
    void saysBothClocksInTooltips() {
        assertThat(berlin.exact(NOW))
                .isEqualTo("2026-11-21 02:17:10.100 CET  (2026-11-21 01:17:10.100 UTC)");
    }
}
