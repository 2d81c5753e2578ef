package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import javafx.collections.ListChangeListener;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

class RunsModelTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private Instant now = START.plusSeconds(60);
    private final RunsModel model = new RunsModel(() -> now, new Times(ZoneOffset.UTC));

    @Test
    void viewsChangeOncePerBatchHoweverManyEntriesItHas() {
        AtomicInteger changes = new AtomicInteger();
        model.rows()
                .shown()
                .addListener((ListChangeListener<RunRow>) _ -> changes.incrementAndGet());
        Tale tale = tale("a").starts();
        for (int i = 1; i < 1_000; i++) {
            tale.progress("load", 1, i / 10.0, (long) i);
        }

        feed(tale);
        assertThat(model.rows().shown()).isEmpty();
        model.batchEnded();

        assertThat(model.rows().shown()).hasSize(1);
        assertThat(changes).hasValue(1);
    }

    @Test
    void theListIsRefreshedTenTimesASecondAtMost() {
        feed(tale("a").starts());
        model.batchEnded();
        feed(tale("b").starts());
        model.batchEnded();
        assertThat(model.rows().shown()).hasSize(1);

        now = now.plusMillis(100);
        model.batchEnded();

        assertThat(model.rows().shown()).hasSize(2);
    }

    @Test
    void choosesTheNewestLiveRunUntilSomebodyChooses() {
        show(tale("old", 0).starts());
        show(tale("done", 20).starts().ends(RunStatus.SUCCEEDED, null));
        assertThat(model.selected().get()).isEqualTo(key("old"));

        show(tale("new", 30).starts());
        assertThat(model.selected().get()).isEqualTo(key("new"));

        model.select(key("done"));
        show(tale("newer", 40).starts());
        assertThat(model.selected().get()).isEqualTo(key("done"));
        assertThat(chosen().status()).isEqualTo(RunStatus.SUCCEEDED);

        model.followNewest();
        assertThat(model.selected().get()).isEqualTo(key("newer"));
    }

    @Test
    void aRunThatEndedStaysUntilANewerOneBegins() {
        show(tale("forgotten", 0).starts());
        show(tale("followed", 20).starts());
        assertThat(model.selected().get()).isEqualTo(key("followed"));

        show(tale("followed", 20).ends(RunStatus.SUCCEEDED, null));
        assertThat(model.selected().get()).isEqualTo(key("followed"));

        show(tale("next", 40).starts());
        assertThat(model.selected().get()).isEqualTo(key("next"));
    }

    @Test
    void viewsGoOnWithTimeOnlyWhileTheChosenRunIsLive() {
        AtomicInteger calls = new AtomicInteger();
        model.whileLive(calls::incrementAndGet);
        show(tale("a", 0).starts());
        int before = calls.get();
        pass();
        assertThat(calls.get()).isGreaterThan(before);

        show(tale("a", 0).ends(RunStatus.SUCCEEDED, null));
        int after = calls.get();
        pass();
        assertThat(calls).hasValue(after);
    }

    private void pass() {
        now = now.plusSeconds(5);
        model.batchEnded();
    }

    @Test
    void withoutLiveRunsTheNewestIsChosen() {
        show(tale("a", 0).starts().ends(RunStatus.SUCCEEDED, null));
        show(tale("b", 9).starts().ends(RunStatus.FAILED, "no disk"));

        assertThat(model.selected().get()).isEqualTo(key("b"));
    }

    @Test
    void aSnapshotWithoutTheChosenRunKeepsTheChoiceAndSaysItIsGone() {
        show(tale("a").starts());
        model.select(key("a"));

        model.snapshot(snapshot());
        model.batchEnded();

        assertThat(model.selected().get()).isEqualTo(key("a"));
        assertThat(model.chosen().get()).isNull();
        assertThat(model.header().get()).isNull();
        assertThat(model.rows().shown()).isEmpty();
    }

    @Test
    void whileNothingIsHeardTimeStandsStillForLiveRuns() {
        show(tale("a", 0).starts());
        model.hears(true);
        show(tale("a", 0).reaches(40));
        model.hears(false);
        Instant then = model.now().get();
        assertThat(header().state()).isEqualTo("running 40 % as of 02:01:00");
        assertThat(model.liveness().asOf(chosen())).isEqualTo("as of 02:01:00");

        now = now.plusSeconds(3_600);
        model.batchEnded();
        assertThat(model.now().get()).isEqualTo(then);

        model.hears(true);
        assertThat(model.now().get()).isEqualTo(now);
        assertThat(header().state()).doesNotContain("as of");
    }

    @Test
    void beforeTheFirstConnectionRunsAreShownAsTheyWereHeardLast() {
        model.hears(false);
        show(tale("yesterday", 0).starts());
        now = now.plusSeconds(86_400);
        model.batchEnded();
        assertThat(model.now().get()).isEqualTo(START);
    }

    @Test
    void aRetryIsAnsweredByTheRunThatRepeatsIt() {
        show(tale("a", 0).starts().ends(RunStatus.FAILED, "x"));
        assertThat(model.commandSending(key("a"), CommandVerb.RETRY)).isTrue();
        model.commandSent(key("a"), "c1");
        assertThat(model.commandSentence().get())
                .isEqualTo("retry: sent, waiting for whoever starts this workflow");
        now = now.plusSeconds(11);
        model.batchEnded();
        assertThat(model.commandSentence().get()).contains("no answer yet");
    }

    @Test
    void filtersByWordsOfNameAndState() {
        show(tale("a").starts());
        show(tale("b").starts().runs("join", 1).fails("join", 1, "x", false));
        show(tale("b").ends(RunStatus.FAILED, "x"));

        model.rows().filter().set("NIGHTLY failed");
        assertThat(model.rows().shown()).extracting(RunRow::key).containsExactly(key("b"));
        model.rows().filter().set("nothing like it");
        assertThat(model.rows().shown()).isEmpty();
        assertThat(model.rows().total().get()).isEqualTo(2);
        model.rows().filter().set("  ");
        assertThat(model.rows().shown()).hasSize(2);
    }

    @Test
    void choosingATaskTwiceMeansTheWholeRunAgain() {
        show(tale("a").starts().runs("join", 1));

        model.selectTask("join");
        assertThat(model.task().get()).isEqualTo(new TaskChoice(key("a"), "join"));
        model.selectTask("join");
        assertThat(model.task().get()).isEqualTo(new TaskChoice(key("a"), null));
    }

    @Test
    void theHeaderSaysWhatMakesSense() {
        show(tale("a").starts().reaches(63));
        RunHeader live = header();
        assertThat(live.state()).isEqualTo("running 63 %");
        assertThat(live.elapsed()).isEqualTo("1 m");
        assertThat(live.eta()).isEmpty();
        assertThat(live.canCancel() && live.canPause()).isTrue();
        assertThat(live.canResume() || live.canRetry()).isFalse();

        show(tale("a").says("paused"));
        assertThat(header().canResume()).isTrue();
        assertThat(header().canPause()).isFalse();

        show(tale("a").at(50).ends(RunStatus.FAILED, "x"));
        assertThat(header().canRetry()).isTrue();
        assertThat(header().canCancel()).isFalse();
    }

    @Test
    void threeGoodRunsGiveAnEtaAndTheGreyBand() {
        for (int i = 1; i <= 3; i++) {
            show(
                    tale("good" + i, -1_000 * i)
                            .starts()
                            .runs("load", 1)
                            .at(-1_000 * i + 100 * i)
                            .completes("load", 1, 5L)
                            .ends(RunStatus.SUCCEEDED, null));
        }
        show(tale("a").starts().runs("load", 1));

        assertThat(model.baselineSentence().get()).isEqualTo("grey: median to p90 of 3 good runs");
        assertThat(header().eta()).isEqualTo("eta 02:03:20");
        assertThat(header().late()).isEmpty();

        show(tale("a").at(2).says("paused"));
        assertThat(header().eta()).isEmpty();
        show(tale("a").at(3).says("running"));

        now = START.plusSeconds(260);
        show(tale("a").at(260).logs(Level.INFO, "still there"));
        assertThat(header().eta()).isEmpty();
        assertThat(header().late()).isEqualTo("+1 m");
    }

    @Test
    void logLinesCountButLeaveTheRunAlone() {
        show(tale("a").starts().logs(Level.ERROR, "x").logs(Level.WARN, "y"));

        assertThat(RunWords.problem(chosen())).isEqualTo("1 err");
    }

    private RunHeader header() {
        return Objects.requireNonNull(model.header().get());
    }

    private RunState chosen() {
        return Objects.requireNonNull(model.chosen().get());
    }

    private void show(Tale tale) {
        feed(tale);
        now = now.plusMillis(200);
        model.batchEnded();
    }

    private void feed(Tale tale) {
        tale.entries().forEach(model::apply);
    }

    private static Event.Snapshot snapshot(RunState... runs) {
        Header header = Header.of(Channel.session("s"), START, Subject.NONE);
        return new Event.Snapshot(header, Tale.nextCursor(), List.of(runs));
    }

    private static RunKey key(String run) {
        return new RunKey("acme", "nightly", run);
    }

    private static Tale tale(String run) {
        return tale(run, 0);
    }

    private static Tale tale(String run, double second) {
        return new Tale(key(run), START).at(second);
    }
}
