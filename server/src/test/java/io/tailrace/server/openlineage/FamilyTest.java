package io.tailrace.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class FamilyTest {

    private static final RunKey DAG = new RunKey("n", "dag", "D");

    private final Family family = new Family(WorkflowNames.of(List.of()), (_, _) -> Map.of());

    private static LineageEvent event(
            String run, String job, @Nullable String parent, @Nullable String parentJob) {
        Map<String, Object> facets = new LinkedHashMap<>();
        if (parent != null) {
            facets.put(
                    "parent",
                    Map.of(
                            "run",
                            Map.of("runId", parent),
                            "job",
                            Map.of("namespace", "n", "name", String.valueOf(parentJob))));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("run", Map.of("runId", run, "facets", facets));
        all.put("job", Map.of("namespace", "n", "name", job));
        return LineageEvent.of(new Document(all, List.of(), 0));
    }

    private Place place(
            String teller,
            String run,
            String job,
            @Nullable String parent,
            @Nullable String parentJob) {
        return family.place(teller, event(run, job, parent, parentJob), run);
    }

    @Test
    void grandchildrenAreTasksOfTheRunAtTheTopThoughNobodyNamesIt() {
        assertThat(place("me", "T", "dag.load", "D", "dag"))
                .isEqualTo(new Place(DAG, "dag", "load", 1));
        assertThat(place("me", "S", "app", "T", "dag.load"))
                .isEqualTo(new Place(DAG, "dag", "app", 1));
        assertThat(place("me", "J", "app.insert", "S", "app"))
                .isEqualTo(new Place(DAG, "dag", "app.insert", 1));
    }

    @Test
    void laterEventsOfARunNeedNotNameItsParent() {
        Place first = place("me", "T", "dag.load", "D", "dag");

        assertThat(place("me", "T", "dag.load", null, null)).isEqualTo(first);
        assertThat(place("me", "X", "alone", null, null))
                .isEqualTo(new Place(new RunKey("n", "alone", "X"), "alone", null, null));
        assertThat(place("me", "X", "alone", "D", "dag").task()).isEqualTo("alone");
    }

    @Test
    void anotherRunOfAJobIsTheNextAttempt() {
        for (int i = 1; i <= 500; i++) {
            assertThat(place("me", "T" + i, "dag.load", "D", "dag").attempt()).isEqualTo(i);
            assertThat(place("me", "T" + i, "dag.load", "D", "dag").attempt()).isEqualTo(i);
        }
        var again = new Family(WorkflowNames.of(List.of()), (_, _) -> Map.of("T1", 1, "T2", 2));
        assertThat(again.place("me", event("T1", "dag.load", "D", "dag"), "T1").attempt())
                .isEqualTo(1);
        assertThat(again.place("me", event("T3", "dag.load", "D", "dag"), "T3").attempt())
                .isEqualTo(3);
    }

    @Test
    void nobodyMovesTheRunsOfOthers() {
        place("mallory", "T", "dag.load", "evil", "evil");

        assertThat(place("me", "T", "dag.load", "D", "dag").key()).isEqualTo(DAG);
        assertThat(place("me", "S", "app", "T", "dag.load").key()).isEqualTo(DAG);
    }
}
