package io.tailrace.model;

import static io.tailrace.model.Story.planned;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events of orchestrators come late, twice and in any order. */
final class RunTableLateTest {

    private static TaskState task(RunState run, String name) {
        return run.task(name).orElseThrow();
    }

    @Test
    void aFailedAttemptStaysFailedInWhateverOrderItsEventsCome() {
        List<Event> events =
                new Story()
                        .runs("a", 1)
                        .progress("a", 1, 50, 5L)
                        .fails("a", 1, "broken", false)
                        .completes("a", 1, 10L)
                        .completes("a", 1, 10L)
                        .events();
        for (int i = 0; i < 200; i++) {
            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(i));

            TaskState task = task(Story.folded(shuffled), "a");

            assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(task.error()).isEqualTo("broken");
            assertThat(task.attempts()).hasSize(1);
        }
    }

    @Test
    void aLateFailureOfNoCertainAttemptDoesNotTouchOneThatSucceeded() {
        RunState run =
                new Story()
                        .fails("a", null, "first try", true)
                        .completes("a", null, 1L)
                        .fails("a", null, "first try, told again", true)
                        .folded();

        assertThat(task(run, "a").status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void aLateFailureOfAnEarlierAttemptLeavesTheCurrentOneAlone() {
        RunState run =
                new Story()
                        .completes("a", 1, 1L)
                        .completes("a", 2, 2L)
                        .fails("a", 1, "broken", true)
                        .folded();

        assertThat(task(run, "a").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task(run, "a").attempts().getFirst().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(task(run, "a").rows()).isEqualTo(2);
    }

    @Test
    void tasksSayWhatTheyWaitForWhereThePlanDoesNot() {
        Event planless = new Story().runs("b", 1).events().getFirst();
        Event says =
                new Event.Status(
                        planless.header().withFields(Map.of("after", List.of("a", 7L, "z"))),
                        "running",
                        null,
                        null);

        RunState before = Story.folded(List.of(says));
        assertThat(task(before, "b").after()).containsExactly("a", "z");

        List<Event> all = new ArrayList<>(new Story().starts(planned("b"), planned("c")).events());
        all.addFirst(says);
        assertThat(task(Story.folded(all), "b").after()).containsExactly("a", "z");

        List<Event> planFirst =
                new ArrayList<>(new Story().starts(planned("a"), planned("b", "a")).events());
        planFirst.add(says);
        assertThat(task(Story.folded(planFirst), "b").after()).containsExactly("a");
    }
}
