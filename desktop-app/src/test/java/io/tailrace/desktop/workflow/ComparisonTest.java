package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.RunTable;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
    void whatHasNotEndedIsNotSoldAsQuicker() {
        RunState before = run("a", 12, 60);
        Tale tale = new Tale(key("b"), START);
        tale.starts(Tale.planned("extract"), Tale.planned("load", "extract")).runs("extract", 1);
        Instant now = START.plusSeconds(5);
        Comparison comparison = Comparison.of(fold(tale), before, now);
        assertThat(comparison.rows())
                .extracting(CompareWords::row)
                .containsExactlyInAnyOrder(
                        "5 s so far, in the other run 12 s", "not yet, 1 m in the other run");
        Liveness liveness = new Liveness(new Hearing(), () -> now, new Times(ZoneOffset.UTC));
        assertThat(CompareWords.totals(fold(tale), before, liveness))
                .isEqualTo("this run has taken 5 s so far");
        assertThat(CompareWords.totals(before, fold(tale), liveness))
                .isEqualTo("the other run has taken 5 s so far");
        assertThat(CompareWords.totals(run("c", 1, 1), before, liveness))
                .isEqualTo("this run has taken 1 m 10 s less");

        tale.ends(RunStatus.CANCELLED, null);
        assertThat(Comparison.of(before, fold(tale), now).rows())
                .extracting(CompareWords::row)
                .contains("1 m, in the other run skipped");
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
