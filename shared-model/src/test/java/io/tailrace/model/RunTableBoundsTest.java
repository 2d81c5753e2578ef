package io.tailrace.model;

import static io.tailrace.model.Story.at;
import static io.tailrace.model.Story.planned;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

final class RunTableBoundsTest {

    @Test
    void keepsTheNewestFinishedRunsAndAllThatLive() {
        RunTable table = new RunTable(3, 5);
        long position = 0;
        for (int i = 0; i < 20; i++) {
            Story story = new Story(new RunKey("acme", "w" + i % 4, "r" + i)).starts();
            if (i > 1) {
                story.ends(RunStatus.SUCCEEDED, null, null);
            }
            for (Event event : story.events()) {
                table.apply(new Entry(at(++position), event));
            }
        }

        assertThat(table.runs())
                .extracting(run -> run.key().run())
                .containsExactlyInAnyOrder("r0", "r1", "r15", "r16", "r17", "r18", "r19");
    }

    @Test
    void endlessNewRunsDoNotFillTheMemory() {
        RunTable table = new RunTable();
        for (int i = 1; i <= 12_000; i++) {
            Story story = new Story(new RunKey("acme", "w", "r" + i)).logs(Level.INFO, "x");
            table.apply(new Entry(at(i), story.events().getFirst()));
        }

        assertThat(table.runs()).hasSizeBetween(4_500, 5_000);
        assertThat(table.run(new RunKey("acme", "w", "r12000"))).isPresent();
    }

    @Test
    void manyTasksCostNothingPerEvent() {
        PlannedTask[] plan = new PlannedTask[5_000];
        for (int i = 0; i < plan.length; i++) {
            plan[i] = planned("t" + i);
        }
        Story story = new Story().starts(plan);
        for (int i = 0; i < 50_000; i++) {
            story.progress("t" + i % plan.length, 1, (i / 5_000) * 8, (long) i);
        }
        List<Entry> entries = story.entries();
        RunTable table = new RunTable();

        long begin = System.nanoTime();
        entries.forEach(table::apply);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(took).isLessThan(Duration.ofSeconds(20));
        assertThat(table.runs().getFirst().progress()).isEqualTo(72);
    }

    @Test
    void stateIsBuiltOnceUntilSomethingChanges() {
        RunTable table = new RunTable();
        List<Entry> entries =
                new Story()
                        .starts(planned("extract"), planned("load", "extract"))
                        .completes("extract", 1, 1_000L)
                        .progress("load", 1, 10, 100L)
                        .entries();
        entries.subList(0, 2).forEach(table::apply);
        RunState before = table.runs().getFirst();

        assertThat(table.runs().getFirst()).isSameAs(before);
        table.apply(entries.getLast());
        RunState now = table.runs().getFirst();
        assertThat(now).isNotSameAs(before);
        assertThat(now.tasks().getFirst()).isSameAs(before.tasks().getFirst());
    }
}
