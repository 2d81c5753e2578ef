package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class DagLayoutTest {

    @Test
    void aTaskStandsRightOfAllThatComeBeforeIt() {
        DagLayout layout =
                DagLayout.of(
                        List.of(
                                task("report", "load", "extract"),
                                task("load", "clean"),
                                task("clean", "extract"),
                                task("extract")));

        assertThat(layers(layout)).containsExactly(3, 2, 1, 0);
        assertThat(layout.layers()).isEqualTo(4);
        assertThat(layout.before(0)).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void parallelChainsDoNotCross() {
        DagLayout layout =
                DagLayout.of(
                        List.of(
                                task("a1"),
                                task("b1"),
                                task("b2", "b1"),
                                task("a2", "a1"),
                                task("b3", "b2"),
                                task("a3", "a2")));

        assertThat(layout.row(3)).isEqualTo(layout.row(0)).isEqualTo(layout.row(5));
        assertThat(layout.row(2)).isEqualTo(layout.row(1)).isEqualTo(layout.row(4));
    }

    @Test
    void aJoinStandsInTheMiddleOfWhatItJoins() {
        DagLayout layout = DagLayout.of(List.of(task("a"), task("b"), task("join", "a", "b")));

        assertThat(layout.row(2)).isEqualTo(0.5);
    }

    @Test
    void cyclesSelfReferencesAndUnknownNamesDoNoHarm() {
        DagLayout layout =
                DagLayout.of(
                        List.of(
                                task("a", "c"),
                                task("b", "a", "nobody"),
                                task("c", "b", "c"),
                                task("d", "c", "c")));

        assertThat(layout.layers()).isBetween(3, 4);
        assertThat(layout.layer(3)).isGreaterThan(layout.layer(2));
        assertThat(layout.before(3)).containsExactly(2);
    }

    @Test
    void noTwoTasksStandOnEachOther() {
        Random random = new Random(7);
        List<TaskState> tasks = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            List<String> after = new ArrayList<>();
            for (int j = 0; j < 3 && i > 20; j++) {
                after.add("t" + (i - 1 - random.nextInt(20)));
            }
            tasks.add(task("t" + i, after.toArray(String[]::new)));
        }
        DagLayout layout = DagLayout.of(tasks);

        Set<String> places = new HashSet<>();
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < layout.layers(); i++) {
            rows.add(new ArrayList<>());
        }
        for (int i = 0; i < layout.size(); i++) {
            assertThat(places.add(layout.layer(i) + " " + layout.row(i))).isTrue();
            assertThat(layout.row(i)).isBetween(0.0, layout.rows() - 1);
            rows.get(layout.layer(i)).add(layout.row(i));
        }
        for (List<Double> column : rows) {
            List<Double> sorted = column.stream().sorted().toList();
            for (int i = 1; i < sorted.size(); i++) {
                assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThanOrEqualTo(1 - 1e-9);
            }
        }
    }

    @Test
    void aChainOfThousandsDoesNotOverflowTheStack() {
        List<TaskState> chain = new ArrayList<>();
        chain.add(task("t0"));
        for (int i = 1; i < 20_000; i++) {
            chain.add(task("t" + i, "t" + (i - 1)));
        }

        assertThat(DagLayout.of(chain).layers()).isEqualTo(20_000);
    }

    @Test
    void nothingHasNoLayers() {
        assertThat(DagLayout.of(List.of()).layers()).isZero();
    }

    @Test
    void onlyNamesAndOrderMatterForTheLayout() {
        TaskState waiting = task("a");
        TaskState running =
                new TaskState(
                        "a", List.of(), TaskStatus.RUNNING, List.of(), 5.0, 1L, null, null, null);

        assertThat(DagLayout.same(List.of(waiting), List.of(running))).isTrue();
        assertThat(DagLayout.same(List.of(waiting), List.of(task("b")))).isFalse();
        assertThat(DagLayout.same(List.of(waiting), List.of(task("a", "x")))).isFalse();
    }

    private static List<Integer> layers(DagLayout layout) {
        List<Integer> layers = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            layers.add(layout.layer(i));
        }
        return layers;
    }

    private static TaskState task(String name, String... after) {
        return new TaskState(
                name, List.of(after), TaskStatus.WAITING, List.of(), null, null, null, null, null);
    }
}
