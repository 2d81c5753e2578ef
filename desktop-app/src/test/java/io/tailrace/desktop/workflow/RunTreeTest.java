package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class RunTreeTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private Instant now = START.plusSeconds(600);
    private final RunsModel model = new RunsModel(() -> now, new Times(ZoneOffset.UTC));

    @Test
    void whatARunStartedInAnotherEngineStandsBelowIt() {
        feed(run("airflow", 0).starts());
        feed(run("other", 5).starts());
        feed(run("dbt", 10).startedBy(key("airflow")));
        feed(run("spark", 20).startedBy(key("airflow")));
        feed(run("stage", 30).startedBy(key("spark")));

        assertThat(shown()).containsExactly("other", "airflow", " dbt", " spark", "  stage");
        assertThat(row("airflow").within()).isEqualTo(3);
    }

    @Test
    void whatIsFoldedAwayCountsAtItsParent() {
        feed(run("airflow", 0).starts());
        feed(run("dbt", 10).startedBy(key("airflow")).logs(Level.WARN, "x"));
        feed(run("spark", 20).startedBy(key("airflow")).logs(Level.ERROR, "y"));
        feed(run("spark", 20).ends(RunStatus.FAILED, "y"));
        assertThat(row("airflow").sums().errors()).isZero();
        assertThat(RunWords.problem(row("airflow"))).isEmpty();

        model.rows().toggle(key("airflow"));

        assertThat(shown()).containsExactly("airflow");
        assertThat(row("airflow").sums().warnings()).isEqualTo(1);
        assertThat(row("airflow").sums().errors()).isEqualTo(1);
        assertThat(RunWords.problem(row("airflow"))).isEqualTo("failed: spark");
        assertThat(model.rows().matching().get()).isEqualTo(3);

        model.rows().toggle(key("airflow"));
        assertThat(shown()).hasSize(3);
    }

    @Test
    void aFilterShowsWhatItFindsWithAllThatItStandsWithin() {
        feed(run("airflow", 0).starts());
        feed(run("dbt", 10).startedBy(key("airflow")));
        feed(run("spark", 20).startedBy(key("airflow")));
        model.rows().toggle(key("airflow"));

        model.rows().filter().set("spark");

        assertThat(shown()).containsExactly("airflow", " spark");
        assertThat(model.rows().matching().get()).isEqualTo(1);
    }

    @Test
    void manyChildrenAreFoldedAwayUntilTheyAreLookedFor() {
        feed(run("airflow", 0).starts());
        for (int i = 0; i < 20; i++) {
            feed(run("child" + i, 10 + i).startedBy(key("airflow")));
        }
        assertThat(shown()).containsExactly("airflow");

        model.rows().reveal(key("child7"));

        assertThat(shown()).hasSize(21).contains(" child7");
    }

    @Test
    void whatIsFoldedByHandStaysSoHoweverManyRunsAreWithin() {
        feed(run("airflow", 0).starts());
        for (int i = 0; i < 20; i++) {
            feed(run("child" + i, 10 + i).startedBy(key("airflow")));
            if (i == 3) {
                model.rows().toggle(key("airflow"));
            }
            assertThat(shown()).hasSize(i < 3 ? i + 2 : 1);
        }
    }

    @Test
    void whileSomethingIsLookedForNothingIsFoldedUnseen() {
        feed(run("airflow", 0).starts());
        feed(run("dbt", 10).startedBy(key("airflow")));
        model.rows().filter().set("dbt");
        model.rows().toggle(key("airflow"));
        model.rows().filter().set("");
        assertThat(shown()).hasSize(2);
    }

    @Test
    void aParentThatIsNotKnownAndACircleOfParentsDoNoHarm() {
        feed(run("orphan", 0).startedBy(key("gone")));
        feed(run("a", 1).startedBy(key("b")));
        feed(run("b", 2).startedBy(key("a")));
        feed(run("self", 3).startedBy(key("self")));

        assertThat(shown()).hasSize(4).contains("orphan", "self");
        assertThat(shown()).extracting(String::strip).contains("a", "b");
    }

    @Test
    void everyRunHasExactlyOneRowWhateverParentsAreClaimed() {
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            RunsModel fresh = new RunsModel(() -> now, new Times(ZoneOffset.UTC));
            int count = 1 + random.nextInt(30);
            for (int i = 0; i < count; i++) {
                RunKey parent = key("r" + random.nextInt(count));
                run("r" + i, i).startedBy(parent).entries().forEach(fresh::apply);
            }
            now = now.plusSeconds(1);
            fresh.batchEnded();
            fresh.rows().filter().set("r"); // finds all, so that all is open
            assertThat(fresh.rows().shown())
                    .extracting(row -> row.key().workflow())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, count).mapToObj(i -> "r" + i).toList());
        }
    }

    @Test
    void twoWorkspacesAreToldApartOneIsNotNamed() {
        feed(run("nightly", 0).starts());
        assertThat(model.rows().workspaces().get()).isFalse();
        feed(new Tale(new RunKey("globex", "nightly", "r"), START).starts());
        assertThat(model.rows().workspaces().get()).isTrue();
    }

    private List<String> shown() {
        return model.rows().shown().stream()
                .map(row -> " ".repeat(row.depth()) + row.key().workflow())
                .toList();
    }

    private RunRow row(String workflow) {
        return RowList.row(model.rows().shown(), key(workflow)).orElseThrow();
    }

    private void feed(Tale tale) {
        tale.entries().forEach(model::apply);
        now = now.plusSeconds(1);
        model.batchEnded();
    }

    private static Tale run(String workflow, double second) {
        return new Tale(key(workflow), START).at(second);
    }

    private static RunKey key(String workflow) {
        return new RunKey("acme", workflow, "r");
    }
}
