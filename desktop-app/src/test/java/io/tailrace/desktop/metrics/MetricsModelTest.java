package io.tailrace.desktop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.model.Channel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunTable;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class MetricsModelTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final RunKey RUN = new RunKey("acme", "nightly", "a");

    private Instant now = START;
    private final MetricsModel model = new MetricsModel(() -> now);
    private final RunTable table = new RunTable();

    @Test
    void whatBelongsToAnotherRunIsNotShown() {
        feed(tale(RUN).starts().measures("queue", 80, "%"));
        feed(tale(new RunKey("acme", "nightly", "b")).measures("queue", 10, "%"));
        feed(tale(new RunKey("other", "nightly", "a")).measures("queue", 20, "%"));
        model.apply(metric("pods", 3, Subject.NONE, Map.of()));
        choose(RUN);

        assertThat(titles()).contains("queue", "pods");
        assertThat(tile("queue").current()).isEqualTo("80 %");
    }

    @Test
    void withoutARunOnlyWhatBelongsToNoneIsShown() {
        feed(tale(RUN).measures("queue", 80, "%"));
        model.apply(metric("pods", 3, Subject.NONE, Map.of()));
        refresh();

        assertThat(titles()).contains("pods").doesNotContain("queue");
    }

    @Test
    void labelsMakeAMeasureOfItsOwn() {
        for (String disk : List.of("a", "b")) {
            Map<String, Object> fields = Map.of("labels", Map.of("disk", disk));
            model.apply(metric("used", 5, Subject.NONE, fields));
        }
        refresh();

        assertThat(titles()).contains("used, disk=a", "used, disk=b");
    }

    @Test
    void rowsPerSecondAreWorkedOutOfReports() {
        feed(
                tale(RUN)
                        .starts()
                        .runs("load", 1)
                        .at(10)
                        .progress("load", 1, 10, 1_000L)
                        .at(20)
                        .progress("load", 1, 20, 1_500L)
                        .progress("load", 1, 20, 1_400L));
        feed(tale(RUN).at(10).runs("index", 1).at(20).completes("index", 1, 20L));
        choose(RUN);

        MetricTile tile = tile("rows/s");
        assertThat(tile.current()).isEqualTo("52");
        assertThat(tile.summary().max()).isEqualTo(100);
        assertThat(tile.series().size()).isEqualTo(20);
    }

    @Test
    void whatIsCountedBySecondIsCalledByItsUnit() {
        MetricTile jars = measured("jars", "jars/s");
        assertThat(jars.heading()).isEqualTo("jars/s");
        assertThat(jars.current()).isEqualTo("27");
        MetricTile sink = measured("sink", "rows/s");
        assertThat(sink.heading()).isEqualTo("sink");
        assertThat(sink.current()).isEqualTo("27 rows/s");
    }

    private MetricTile measured(String name, String unit) {
        Header header = new Header(Channel.metrics("acme"), now, Subject.NONE, Map.of());
        model.apply(new Entry(Tale.nextCursor(), new Event.Metric(header, name, 27, unit)));
        refresh();
        return tile(name);
    }

    @Test
    void theConsolesOwnRateCountsQuietSecondsAsZero() {
        model.console(30, Duration.ofMillis(40));
        model.console(20, Duration.ofMillis(50));
        now = START.plusSeconds(3);
        refresh();

        Series rate = tile("received").series();
        assertThat(rate.size()).isEqualTo(3);
        assertThat(rate.value(0)).isEqualTo(50);
        assertThat(rate.value(2)).isZero();
        assertThat(tile("lag").current()).isEqualTo("50 ms");
        assertThat(tile("lag").series().size()).isEqualTo(1);
    }

    @Test
    void theNumberOfMeasuresIsBoundedAndItIsSaid() {
        for (int i = 0; i < MetricsModel.MAX_SERIES + 50; i++) {
            model.apply(metric("m" + i, i, Subject.NONE, Map.of()));
        }
        refresh();

        assertThat(model.tiles()).hasSize(MetricsModel.MAX_TILES);
        assertThat(model.note().get()).contains("More than 500 measures");
    }

    @Test
    void measuresNobodySendsAnyLongerMakeRoom() {
        for (int i = 0; i < MetricsModel.MAX_SERIES; i++) {
            model.apply(metric("m" + i, i, Subject.NONE, Map.of()));
        }
        now = START.plusSeconds(3_600);
        model.apply(metric("new", 1, Subject.NONE, Map.of()));
        refresh();

        assertThat(titles()).contains("new").doesNotContain("m1");
        assertThat(model.note().get()).isEmpty();
    }

    @Test
    void viewsChangeTenTimesASecondAtMost() {
        model.apply(metric("a", 1, Subject.NONE, Map.of()));
        refresh();
        model.apply(metric("b", 1, Subject.NONE, Map.of()));
        model.batchEnded();
        assertThat(titles()).doesNotContain("b");

        refresh();
        assertThat(titles()).contains("b");
    }

    private void choose(RunKey run) {
        model.run().set(table.run(run).orElseThrow());
        refresh();
    }

    private void refresh() {
        now = now.plusMillis(200);
        model.batchEnded();
    }

    private List<String> titles() {
        return model.tiles().stream().map(MetricTile::title).toList();
    }

    private MetricTile tile(String title) {
        return model.tiles().stream()
                .filter(tile -> tile.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private void feed(Tale tale) {
        for (Entry entry : tale.entries()) {
            table.apply(entry);
            model.apply(entry);
        }
    }

    private static Tale tale(RunKey run) {
        return new Tale(run, START);
    }

    private Entry metric(String name, double value, Subject subject, Map<String, Object> fields) {
        Header header = new Header(Channel.metrics("acme"), now, subject, Map.copyOf(fields));
        return new Entry(Tale.nextCursor(), new Event.Metric(header, name, value, null));
    }
}
