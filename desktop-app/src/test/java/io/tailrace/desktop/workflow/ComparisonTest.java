package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.RunTable;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ComparisonTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    @Test
    void whatDiffersMostComesFirstAndWhatOnlyOneHasIsThere() {
        RunState now = run("b", 10, 200);
        RunState before = run("a", 12, 60);
        Comparison comparison = Comparison.of(now, before, START.plusSeconds(500));
        assertThat(comparison.rows())
                .extracting(Comparison.Row::task)
                .containsExactly("load", "extract");
        assertThat(comparison.rows().getFirst().more()).isEqualTo(Duration.ofSeconds(140));
        assertThat(comparison.longest()).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void runsCanBeSortedByWhatPeopleLookFor() {
        RunState quick = run("a", 1, 1);
        RunState slow = run("b", 10, 200);
        RunState live = fold(new Tale(key("c"), START.plusSeconds(1)).starts());
        Instant now = START.plusSeconds(60);
        List<RunState> newestFirst = List.of(live, quick, slow);
        assertThat(RunSort.NEWEST.sorted(newestFirst, now)).isEqualTo(newestFirst);
        assertThat(RunSort.LONGEST.sorted(newestFirst, now).getFirst()).isEqualTo(slow);
        assertThat(RunSort.LIVE.sorted(List.of(quick, slow, live), now).getFirst()).isEqualTo(live);
    }

    private static RunState run(String name, double extract, double load) {
        return fold(
                new Tale(key(name), START)
                        .starts(Tale.planned("extract"), Tale.planned("load", "extract"))
                        .runs("extract", 1)
                        .at(extract)
                        .completes("extract", 1, 1L)
                        .runs("load", 1)
                        .at(extract + load)
                        .completes("load", 1, 1L)
                        .ends(RunStatus.SUCCEEDED, null));
    }

    private static RunState fold(Tale tale) {
        RunTable table = new RunTable();
        tale.entries().forEach(table::apply);
        return table.runs().getFirst();
    }

    private static RunKey key(String run) {
        return new RunKey("acme", "nightly", run);
    }
}
