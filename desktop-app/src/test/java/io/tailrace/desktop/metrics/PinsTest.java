package io.tailrace.desktop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class PinsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    @Test
    void pinnedMeasuresComeFirstInTheirOrder() {
        Pins pins = new Pins();
        pins.toggle("c");
        pins.toggle("b");
        List<MetricTile> tiles = List.of(tile("a", 1), tile("b", 2), tile("c", 3));
        assertThat(pins.arranged(tiles))
                .extracting(MetricTile::title)
                .containsExactly("c", "b", "a");
        pins.move("b", -1);
        assertThat(pins.titles()).containsExactly("b", "c");
        pins.move("b", -9);
        pins.move("x", 1);
        assertThat(pins.titles()).containsExactly("b", "c");
        pins.toggle("b");
        assertThat(pins.titles()).containsExactly("c");
    }

    @Test
    void measuresBecomeATableThatRunsNoFormula() {
        String csv =
                Csv.of(
                        List.of(tile("rows, \"all\"", 5), tile("=1+1", 6)),
                        NOW.minusSeconds(60),
                        NOW);
        assertThat(csv)
                .isEqualTo(
                        """
                        time,measure,unit,value
                        2026-11-21T02:00:00Z,"rows, ""all""\",rows/s,5.0
                        2026-11-21T02:00:00Z,'=1+1,rows/s,6.0
                        """);
        assertThat(Csv.of(List.of(tile("a", 5)), NOW.plusSeconds(1), NOW.plusSeconds(9)))
                .isEqualTo("time,measure,unit,value\n");
    }

    @Test
    void figuresAreOfTheSpanThatIsShown() {
        Series series = new Series();
        for (int i = 0; i < 100; i++) {
            series.set(NOW.plusSeconds(i), i);
        }
        Series.Summary figures =
                series.summary(NOW.getEpochSecond() + 10, NOW.getEpochSecond() + 19);
        assertThat(figures.points()).isEqualTo(10);
        assertThat(figures.min()).isEqualTo(10);
        assertThat(figures.max()).isEqualTo(19);
        assertThat(figures.current()).isEqualTo(19);
    }

    private static MetricTile tile(String title, double value) {
        Series series = new Series();
        series.set(NOW, value);
        return new MetricTile(
                title, "rows/s", series, series.summary(0), NOW, NOW.plusSeconds(1), true, false);
    }
}
