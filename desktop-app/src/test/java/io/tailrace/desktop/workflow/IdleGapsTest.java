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
import java.util.Arrays;
import java.util.Random;

class IdleGapsTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final RunKey KEY = new RunKey("acme", "nightly", "r");

    @Test
    void timeInWhichNoTaskRanIsIdle() {
        Tale tale = tale().starts().at(5).runs("a", 1).at(10).completes("a", 1, 1L);
        tale.at(8).runs("b", 1).at(20).completes("b", 1, 1L).at(50).runs("c", 1);
        IdleGaps idle = IdleGaps.of(state(tale), START.plusSeconds(60));

        assertThat(idle.gaps()).hasSize(2);
        assertThat(idle.total()).isEqualTo(Duration.ofSeconds(35));
        assertThat(idle.sentence()).isEqualTo("idle 35 s in 2 gaps");
        assertThat(idle.at(START.plusSeconds(30))).isNotNull();
        assertThat(idle.at(START.plusSeconds(15))).isNull();
    }

    @Test
    void aRunWithoutTasksSaysNothing() {
        assertThat(IdleGaps.of(state(tale().starts()), START.plusSeconds(60)).sentence()).isEmpty();
    }

    @Test
    void afterTheEndTimeDoesNotCount() {
        Tale tale = tale().starts().runs("a", 1).at(10).completes("a", 1, 1L);
        tale.at(13).ends(RunStatus.SUCCEEDED, null);
        assertThat(IdleGaps.of(state(tale), START.plusSeconds(9_000)).total())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void everySecondIsEitherActiveOrIdle() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            boolean[] active = new boolean[100];
            Tale tale = tale().starts();
            for (int task = 0; task < 6; task++) {
                int from = random.nextInt(90);
                int to = from + 1 + random.nextInt(9);
                tale.at(from).runs("t" + task, 1).at(to).completes("t" + task, 1, 1L);
                Arrays.fill(active, from, to, true);
            }
            int idle = 0;
            for (boolean one : active) {
                idle += one ? 0 : 1;
            }
            assertThat(IdleGaps.of(state(tale), START.plusSeconds(100)).total())
                    .isEqualTo(Duration.ofSeconds(idle));
        }
    }

    private static Tale tale() {
        return new Tale(KEY, START);
    }

    private static RunState state(Tale tale) {
        RunTable table = new RunTable();
        tale.entries().forEach(table::apply);
        return table.run(KEY).orElseThrow();
    }
}
