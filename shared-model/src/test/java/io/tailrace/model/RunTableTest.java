package io.tailrace.model;

import static io.tailrace.model.Story.START;
import static io.tailrace.model.Story.at;
import static io.tailrace.model.Story.planned;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class RunTableTest {

    private static final Story STORY =
            new Story()
                    .starts(planned("extract"), planned("load", "extract"))
                    .runs("extract", 1)
                    .progress("extract", 1, 40, 400L)
                    .completes("extract", 1, 1_000L)
                    .progress("load", 1, 10, 100L);

    @Test
    void followsARunThatGoesOn() {
        RunState run = STORY.folded();

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.startedAt()).isEqualTo(START);
        assertThat(run.startedBy()).isEqualTo(at(1));
        assertThat(run.progress()).isEqualTo(55);
        assertThat(run.progressBy()).isNull();
        assertThat(run.rows()).isEqualTo(1_000);
        assertThat(run.tasks()).extracting(TaskState::name).containsExactly("extract", "load");
        TaskState extract = run.task("extract").orElseThrow();
        assertThat(extract.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(extract.elapsed(Instant.MAX)).isEqualTo(Duration.ofSeconds(2));
        assertThat(extract.reportedBy()).isEqualTo(at(4));
        assertThat(run.task("load").orElseThrow().status()).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void aLogLineBeginsARunAndCountsWarningsAndErrors() {
        RunState run =
                new Story()
                        .logs(Level.INFO, "hello")
                        .logs(Level.WARN, "hm")
                        .logs(Level.ERROR, "oh")
                        .folded();

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.warnings()).isEqualTo(1);
        assertThat(run.errors()).isEqualTo(1);
        assertThat(run.startedBy()).isNull();
        assertThat(run.startedAt()).isEqualTo(START);
        assertThat(run.reportedBy()).isEqualTo(at(3));
        assertThat(run.progress()).isNull();
    }

    @Test
    void theErrorIsTheFirstOneOfTheTaskAtTheRoot() {
        RunState run =
                new Story()
                        .starts(planned("a"), planned("b", "a"), planned("c", "b"), planned("d"))
                        .fails("a", 1, "disk is full", true)
                        .fails("d", 1, "not reached", true)
                        .fails("a", 2, "second try", false)
                        .fails("b", 1, "no input", false)
                        .ends(RunStatus.FAILED, null, "2 tasks failed")
                        .folded();

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).isEqualTo("disk is full");
        assertThat(run.errorBy()).isEqualTo(at(2));
        assertThat(run.task("c").orElseThrow().status()).isEqualTo(TaskStatus.SKIPPED);
        assertThat(run.task("d").orElseThrow().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void failuresInACircleStillHaveAnError() {
        RunState run =
                new Story()
                        .starts(planned("a", "b"), planned("b", "a"))
                        .fails("b", 1, "first", false)
                        .fails("a", 1, "second", false)
                        .folded();

        assertThat(run.error()).isEqualTo("first");
    }

    @Test
    void aFailureIsNeverPaintedOver() {
        RunState run =
                new Story()
                        .starts()
                        .ends(RunStatus.FAILED, null, "broken")
                        .ends(RunStatus.SUCCEEDED, 5L, null)
                        .says("running", "again")
                        .folded();

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).isEqualTo("broken");
        assertThat(run.endedBy()).isEqualTo(at(2));
        assertThat(run.rows()).isNull();
        assertThat(run.message()).isNull();
    }

    @Test
    void aFailureReportedLaterReplacesASuccess() {
        RunState run =
                new Story()
                        .starts()
                        .ends(RunStatus.SUCCEEDED, 5L, null)
                        .ends(RunStatus.FAILED, null, "the check afterwards failed")
                        .folded();

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).isEqualTo("the check afterwards failed");
        assertThat(run.endedAt()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void aLaterAttemptDoesNotReopenAFailedRun() {
        RunState run =
                new Story()
                        .starts(planned("a"))
                        .fails("a", 1, "broken", false)
                        .ends(RunStatus.FAILED, null, null)
                        .runs("a", 2)
                        .folded();

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        TaskState task = run.task("a").orElseThrow();
        assertThat(task.attempts()).hasSize(2);
        assertThat(task.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(task.error()).isEqualTo("broken");
    }

    @Test
    void eventsOfAnEarlierAttemptOnlyFillInItsRecord() {
        RunState run =
                new Story()
                        .starts(planned("a"))
                        .progress("a", 2, 30, 3L)
                        .progress("a", 1, 90, 900L)
                        .fails("a", 1, "the first try", true)
                        .folded();

        TaskState task = run.task("a").orElseThrow();
        assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(task.progress()).isEqualTo(30);
        assertThat(task.rows()).isEqualTo(3);
        assertThat(task.attempts()).extracting(AttemptState::number).containsExactly(1, 2);
        assertThat(task.attempts().getFirst().error()).isEqualTo("the first try");
        assertThat(run.error()).isNull();
    }

    @Test
    void anAttemptThatNobodyEndedIsClosedByTheNext() {
        TaskState task = new Story().runs("a", 1).runs("a", 2).folded().task("a").orElseThrow();

        assertThat(task.attempts().getFirst().status()).isEqualTo(TaskStatus.RETRYING);
        assertThat(task.attempts().getFirst().endedAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void withoutANumberARetryBeginsTheNextAttempt() {
        Story story = new Story().progress("a", null, 50, 5L).fails("a", null, "timeout", true);
        Event failure = story.events().getLast();
        RunState run =
                story.add(failure).progress("a", null, 10, 1L).completes("a", null, 9L).folded();

        TaskState task = run.task("a").orElseThrow();
        assertThat(task.attempts())
                .extracting(AttemptState::status)
                .containsExactly(TaskStatus.FAILED, TaskStatus.SUCCEEDED);
        assertThat(task.rows()).isEqualTo(9);
        assertThat(task.progress()).isEqualTo(100);
    }

    @Test
    void progressWithinAnAttemptOnlyGrows() {
        TaskState task =
                new Story()
                        .progress("a", 1, 80, 80L)
                        .progress("a", 1, 60, 60L)
                        .folded()
                        .task("a")
                        .orElseThrow();

        assertThat(task.progress()).isEqualTo(80);
        assertThat(task.rows()).isEqualTo(80);
        assertThat(task.reportedBy()).isEqualTo(at(1));
    }

    @Test
    void tasksThatStillRanEndWithTheRun() {
        Story story = new Story().starts(planned("a"), planned("b", "a")).runs("a", 1);

        RunState good = Story.folded(plus(story, RunStatus.SUCCEEDED));
        RunState bad = Story.folded(plus(story, RunStatus.FAILED));

        assertThat(good.tasks())
                .extracting(TaskState::status)
                .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.SKIPPED);
        assertThat(bad.tasks())
                .extracting(TaskState::status)
                .containsExactly(TaskStatus.CANCELLED, TaskStatus.SKIPPED);
        assertThat(bad.task("a").orElseThrow().attempts().getFirst().endedBy()).isEqualTo(at(3));
        assertThat(good.progress()).isEqualTo(100);
    }

    @Test
    void durationsAreNeverNegative() {
        RunState run =
                new Story()
                        .starts()
                        .add(
                                new Event.WorkflowComplete(
                                        Header.of(
                                                Channel.runs("acme", "nightly"),
                                                START.minusSeconds(60),
                                                Subject.ofRun("acme", "nightly", "r1")),
                                        RunStatus.SUCCEEDED,
                                        null,
                                        null,
                                        null))
                        .folded();

        assertThat(run.elapsed(START)).isEqualTo(Duration.ZERO);
    }

    @Test
    void theChannelSaysWhichWorkflowItIs() {
        Header forged =
                Header.of(
                        Channel.runs("acme", "nightly"), START, Subject.ofRun("other", "x", "r1"));
        RunTable table = new RunTable();

        table.apply(new Entry(at(1), new Event.WorkflowStarted(forged, null, List.of(), null)));

        assertThat(table.run(new RunKey("other", "x", "r1"))).isEmpty();
        assertThat(table.run(Story.KEY)).isPresent();
    }

    @Test
    void otherChannelsAndEventsWithoutARunChangeNothing() {
        RunTable table = new RunTable();
        Subject run = Subject.ofRun("acme", "nightly", "r1");
        Header metric = Header.of(Channel.metrics("acme"), START, run);
        Header noRun = Header.of(Channel.logs("acme", "nightly"), START, Subject.NONE);

        assertThat(table.apply(new Entry(at(1), new Event.Metric(metric, "x", 1, null)))).isFalse();
        assertThat(table.apply(new Entry(at(2), new Event.Log(noRun, Level.INFO, "x", null, null))))
                .isFalse();
        assertThat(table.runs()).isEmpty();
    }

    private static List<Event> plus(Story story, RunStatus end) {
        Event last =
                new Event.WorkflowComplete(
                        story.events().getFirst().header(), end, null, null, null);
        List<Event> all = new ArrayList<>(story.events());
        all.add(last);
        return all;
    }
}
