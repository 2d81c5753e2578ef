package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.RunTable;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

class ForecastTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final PlannedTask[] PLAN = {
        Tale.planned("extract"), Tale.planned("load", "extract")
    };
    private final RunTable table = new RunTable();

    @Test
    void tooFewGoodRunsSayNothing() {
        good(1, 100, 10);
        good(2, 100, 10);

        assertThat(Baseline.of(Baseline.comparable(table.runs(), live()))).isEmpty();
    }

    @Test
    void onlyEarlierGoodRunsOfTheWorkflowCount() {
        good(1, 100, 10);
        good(2, 100, 20);
        good(3, 100, 60);
        fold(new Tale(key("failed"), START.minusSeconds(50)).starts().ends(RunStatus.FAILED, "x"));
        fold(new Tale(key("later"), START.plusSeconds(9)).starts().ends(RunStatus.SUCCEEDED, null));
        RunKey other = new RunKey("acme", "other", "1");
        fold(new Tale(other, START.minusSeconds(9)).starts().ends(RunStatus.SUCCEEDED, null));

        Baseline baseline = baseline();

        assertThat(baseline.runs()).isEqualTo(3);
        Band load = Objects.requireNonNull(baseline.band("load"));
        assertThat(load.start()).isEqualTo(Duration.ofSeconds(100));
        assertThat(load.median()).isEqualTo(Duration.ofSeconds(20));
        assertThat(load.p90()).isEqualTo(Duration.ofSeconds(52));
    }

    @Test
    void waitingTasksFollowWhatTheyWaitFor() {
        for (int i = 1; i <= 3; i++) {
            good(i, 100, 20);
        }
        fold(tale().starts(PLAN).runs("extract", 1).at(50).progress("extract", 1, 25, null));
        Forecast forecast = Forecast.of(live(), baseline(), START.plusSeconds(50));

        assertThat(Objects.requireNonNull(forecast.tasks().get("extract")).end())
                .isEqualTo(START.plusSeconds(200));
        assertThat(forecast.tasks().get("load"))
                .isEqualTo(new Forecast.Expected(START.plusSeconds(200), START.plusSeconds(220)));
        assertThat(forecast.end()).isEqualTo(START.plusSeconds(220));
    }

    @Test
    void withoutEarlierRunsOnlyProgressIsBelieved() {
        fold(tale().starts(PLAN).runs("extract", 1).progress("extract", 1, 2, null));

        assertThat(Forecast.of(live(), null, START.plusSeconds(50)).tasks()).isEmpty();
        assertThat(Forecast.of(live(), null, START.plusSeconds(50)).end()).isNull();
    }

    @Test
    void nothingIsExpectedOfWhatIsOver() {
        fold(tale().starts(PLAN).ends(RunStatus.CANCELLED, null));

        assertThat(Forecast.of(live(), null, START)).isEqualTo(Forecast.NONE);
    }

    private Baseline baseline() {
        return Baseline.of(Baseline.comparable(table.runs(), live())).orElseThrow();
    }

    private RunState live() {
        if (table.run(key("live")).isEmpty()) {
            fold(tale().starts(PLAN));
        }
        return table.run(key("live")).orElseThrow();
    }

    private void good(int number, double extract, double load) {
        fold(
                new Tale(key("good" + number), START.minusSeconds(1_000L * number))
                        .starts(PLAN)
                        .runs("extract", 1)
                        .at(extract)
                        .completes("extract", 1, 1L)
                        .runs("load", 1)
                        .at(extract + load)
                        .completes("load", 1, 1L)
                        .ends(RunStatus.SUCCEEDED, null));
    }

    private void fold(Tale tale) {
        tale.entries().forEach(table::apply);
    }

    private static Tale tale() {
        return new Tale(key("live"), START);
    }

    private static RunKey key(String run) {
        return new RunKey("acme", "nightly", run);
    }

    @Test
    void quantilesAreInterpolated() {
        Samples samples = new Samples();
        List.of(4, 1, 3, 2).forEach(s -> samples.add(Duration.ofSeconds(s)));

        assertThat(samples.quantile(0.5)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(samples.quantile(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(samples.quantile(1)).isEqualTo(Duration.ofSeconds(4));
    }
}
