package io.tailrace.desktop.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;
import io.tailrace.model.RunTable;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

class AlertsModelTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final RunKey RUN = new RunKey("acme", "nightly", "a");

    private final AlertsModel model = new AlertsModel(InstantSource.system());

    @Test
    void failuresAreLoudAndRetriedAttemptsAreQuiet() {
        show(failingRun());

        assertThat(model.rows())
                .extracting(AlertRow::severity)
                .containsExactly(Severity.FAILURE, Severity.FAILURE, Severity.RETRIED);
        assertThat(model.rows().getFirst().sentence()).isEqualTo("The run failed: no disk");
        assertThat(model.rows().get(1).where()).isEqualTo("nightly / load");
        assertThat(model.unseen().get()).isEqualTo(2);
    }

    @Test
    void goodNewsIsNoAlert() {
        show(
                new Tale(RUN, START)
                        .starts()
                        .runs("load", 1)
                        .logs(Level.ERROR, "only a line")
                        .completes("load", 1, 5L)
                        .ends(RunStatus.SUCCEEDED, null));

        assertThat(model.rows()).isEmpty();
    }

    @Test
    void whatComesTwiceCountsOnceAlsoBySnapshot() {
        Tale tale = failingRun();
        RunTable table = new RunTable();
        tale.entries().forEach(table::apply);
        Header header = Header.of(Channel.session("s"), START, Subject.NONE);

        show(tale);
        model.snapshot(new Event.Snapshot(header, Tale.nextCursor(), table.runs()));
        show(tale);

        assertThat(model.rows()).hasSize(3);
    }

    @Test
    void aLateJoinerLearnsOfFailuresByTheSnapshot() {
        Tale tale = failingRun();
        RunTable table = new RunTable();
        tale.entries().forEach(table::apply);
        Header header = Header.of(Channel.session("s"), START, Subject.NONE);
        AlertsModel live = new AlertsModel(InstantSource.system());
        tale.entries().forEach(live::apply);
        live.batchEnded();

        model.snapshot(new Event.Snapshot(header, Tale.nextCursor(), table.runs()));
        model.batchEnded();

        assertThat(model.rows())
                .extracting(AlertRow::cursor)
                .isEqualTo(live.rows().stream().map(AlertRow::cursor).toList());
        assertThat(model.unseen().get()).isEqualTo(2);
    }

    @Test
    void seenRowsStaySeenAndNewOnesCount() {
        show(failingRun());
        model.markAllSeen();
        assertThat(model.unseen().get()).isZero();

        show(new Tale(RUN, START).at(99).fails("index", 1, "again", false));
        assertThat(model.unseen().get()).isEqualTo(1);

        model.acknowledge(model.rows().getFirst());
        assertThat(model.unseen().get()).isZero();
    }

    @Test
    void whatWasSeenBeforeTheRestartIsSeen() {
        Tale tale = failingRun();
        Cursor last = tale.last().cursor();
        model.markSeenUpTo(last);
        show(tale);
        assertThat(model.unseen().get()).isZero();

        AlertsModel otherLog = new AlertsModel(InstantSource.system());
        otherLog.markSeenUpTo(new Cursor("other", Long.MAX_VALUE));
        tale.entries().forEach(otherLog::apply);
        otherLog.batchEnded();
        assertThat(otherLog.unseen().get()).isEqualTo(2);
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int i = 0; i < AlertsModel.MAX_ROWS + 10; i++) {
            model.apply(new Tale(RUN, START).at(i).fails("t", 1, "e" + i, false).last());
        }
        model.batchEnded();

        assertThat(model.rows()).hasSize(AlertsModel.MAX_ROWS);
        assertThat(model.rows().getFirst().sentence()).isEqualTo("e" + (AlertsModel.MAX_ROWS + 9));
    }

    @Test
    void anAlertAboutAFailureThatStandsThereSaysNothingNew() {
        Tale tale = new Tale(RUN, START).fails("load", 1, "no disk", false);
        show(tale);
        model.apply(alert(Level.ERROR, "load failed", tale.last().cursor()));
        model.apply(alert(Level.WARN, "slower than usual", null));
        model.batchEnded();

        assertThat(model.rows())
                .extracting(AlertRow::sentence)
                .containsExactly("slower than usual", "no disk");
        assertThat(model.rows().getFirst().severity()).isEqualTo(Severity.WARNING);
    }

    private static Entry alert(Level level, String message, @Nullable Cursor about) {
        Header header = Header.of(new Channel("alerts:all"), START.plusSeconds(5), Subject.NONE);
        return new Entry(Tale.nextCursor(), new Event.Alert(header, level, message, about));
    }

    private static Tale failingRun() {
        return new Tale(RUN, START)
                .starts()
                .runs("load", 1)
                .at(1)
                .fails("load", 1, "sink timeout", true)
                .at(2)
                .runs("load", 2)
                .at(3)
                .fails("load", 2, "no disk", false)
                .at(4)
                .ends(RunStatus.FAILED, "no disk");
    }

    private void show(Tale tale) {
        tale.entries().forEach(model::apply);
        model.batchEnded();
    }

    @Test
    void whatHappenedBeforeTheConsoleBeganIsNoNews() {
        AlertsModel fresh = new AlertsModel(() -> START.plusSeconds(60));
        List<AlertRow> news = new ArrayList<>();
        fresh.onNews(news::addAll);
        Tale tale = new Tale(RUN, START).at(50).fails("load", 1, "no disk", false);
        tale.entries().forEach(fresh::apply);
        fresh.batchEnded();
        assertThat(news).isEmpty();
        assertThat(fresh.unseen().get()).isEqualTo(1);
    }

    @Test
    void whatIsSnoozedIsNotNewUntilItsTimeIsOver() {
        Instant[] now = {START.plusSeconds(40)};
        AlertsModel sleepy = new AlertsModel(() -> now[0]);
        now[0] = START.plusSeconds(60);
        List<AlertRow> news = new ArrayList<>();
        sleepy.onNews(news::addAll);
        Tale tale = new Tale(RUN, START).at(50).fails("load", 1, "no disk", false);
        tale.entries().forEach(sleepy::apply);
        sleepy.batchEnded();
        assertThat(news).hasSize(1);
        assertThat(sleepy.unseen().get()).isEqualTo(1);

        sleepy.snooze(sleepy.rows().getFirst(), Duration.ofHours(1));
        assertThat(sleepy.unseen().get()).isZero();
        sleepy.apply(new Tale(RUN, START).at(55).fails("join", 1, "no disk", false).last());
        sleepy.batchEnded();
        assertThat(news).hasSize(1);

        AlertsModel later = new AlertsModel(() -> now[0]);
        later.restore(sleepy.into(ViewState.FIRST));
        tale.entries().forEach(later::apply);
        later.batchEnded();
        assertThat(later.unseen().get()).isZero();

        now[0] = START.plusSeconds(60 + 3_601);
        sleepy.batchEnded();
        assertThat(sleepy.unseen().get()).isEqualTo(2);
    }

    @Test
    void whatWasAcknowledgedStaysSoAfterARestart() {
        Tale tale = failingRun();
        show(tale);
        model.rows().forEach(model::acknowledge);
        AlertsModel later = new AlertsModel(InstantSource.system());
        later.restore(model.into(ViewState.FIRST));
        tale.entries().forEach(later::apply);
        later.batchEnded();
        assertThat(later.unseen().get()).isZero();
    }

    @Test
    void historyIsNoNews() {
        List<AlertRow> news = new ArrayList<>();
        model.onNews(news::addAll);
        show(failingRun()); // hours ago
        assertThat(news).isEmpty();
    }

    @Test
    void aStatementOfADatabaseIsNotPartOfTheSentence() {
        show(
                new Tale(RUN, START)
                        .fails(
                                "load",
                                1,
                                "Key is there already; SQL statement:\nINSERT INTO x",
                                true));
        assertThat(model.rows().getFirst().brief()).isEqualTo("Key is there already");
        assertThat(model.rows().getFirst().sentence()).contains("INSERT");
    }
}
