package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.chat.ChatModel;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.metrics.MetricsModel;
import io.tailrace.desktop.metrics.ShownTiles;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunRow;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class EventRouterTest {

    private static final RunKey RUN = new RunKey("acme", "orders", "r-1");
    private static final Subject ABOUT_RUN = Subject.ofRun("acme", "orders", "r-1");
    private static final Subject ABOUT_TASK = ABOUT_RUN.withTask("load", 1);

    private Instant now = Instant.parse("2026-11-21T02:17:00Z");
    private long position;
    private final List<String> failures = new ArrayList<>();
    private final ConnectionModel connection =
            new ConnectionModel(URI.create("http://127.0.0.1:8787"), () -> now);
    private final EventRouter.Models models =
            new EventRouter.Models(
                    new LogsModel(),
                    new RunsModel(() -> now, new Times(ZoneOffset.UTC)),
                    new MetricsModel(() -> now),
                    new AlertsModel(InstantSource.system()),
                    new ChatModel(_ -> {}, Runnable::run, () -> now, () -> "c-1"));
    private final Facts facts = new Facts();
    private final EventRouter router =
            new EventRouter(
                    connection, models, facts, (what, _) -> failures.add(what), failures::add);

    @AfterEach
    void giveMemoryBack() {
        models.logs().close();
    }

    @Test
    void aLogLineGoesToTheLogAndIsCountedInItsRun() {
        received(started());
        received(new Event.Log(logs(), Level.ERROR, "it broke", "main", null));
        assertThat(ShownLines.of(models.logs())).containsExactly("it broke");
        assertThat(run().errors()).isEqualTo(1);
        assertThat(models.alerts().rows()).isEmpty();
    }

    @Test
    void whatIsFetchedLaterIsShownAndNotCountedAgain() {
        received(started());
        Event.Log line = new Event.Log(logs(), Level.ERROR, "it broke", "main", null);
        router.backFilled(List.of(new Entry(new Cursor("e", 500), line)));
        assertThat(ShownLines.of(models.logs())).containsExactly("it broke");
        assertThat(run().errors()).isZero();
        assertThat(failures).isEmpty();
    }

    @Test
    void lifecycleEventsGoToTheRuns() {
        received(started());
        received(new Event.Status(runs(ABOUT_TASK), "running", null, null));
        received(new Event.Progress(runs(ABOUT_TASK), 40.0, 400L, null));
        received(new Event.WorkflowProgress(runs(ABOUT_RUN), 63, "loading"));
        assertThat(run().progress()).isEqualTo(63);
        assertThat(run().task("load")).isPresent();
        received(new Event.Complete(runs(ABOUT_TASK), 1000L, null));
        received(
                new Event.WorkflowComplete(
                        runs(ABOUT_RUN), RunStatus.SUCCEEDED, 1000L, null, null));
        assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(models.alerts().rows()).isEmpty();
        assertThat(ShownLines.of(models.logs())).isEmpty();
    }

    @Test
    void failuresGoToTheRunsAndToTheAlerts() {
        received(started());
        received(new Event.Failed(runs(ABOUT_TASK), "disk full", null, false));
        received(
                new Event.WorkflowComplete(
                        runs(ABOUT_RUN), RunStatus.FAILED, null, null, "load failed"));
        assertThat(run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(models.alerts().rows()).hasSize(2);
    }

    @Test
    void alertsGoToTheAlertsOnly() {
        Header header = Header.of(new Channel("alerts:all"), now, Subject.NONE);
        received(new Event.Alert(header, Level.WARN, "slower than usual", null));
        assertThat(models.alerts().unseen().get()).isEqualTo(1);
        assertThat(models.runs().rows().shown()).isEmpty();
    }

    @Test
    void metricsGoToTheMetrics() {
        Header header = Header.of(Channel.metrics("acme"), now, Subject.NONE);
        received(new Event.Metric(header, "queue depth", 17, null));
        assertThat(ShownTiles.of(models.metrics())).anyMatch(tile -> tile.contains("queue depth"));
    }

    @Test
    void questionsAndAnswersGoToTheChat() {
        Header header = Header.of(Channel.session("s"), now, Subject.NONE);
        received(new Event.ChatQuestion(header, "c-1", "q-1", "what failed?"));
        received(
                new Event.ChatResponse(
                        header, "c-1", "q-1", 1, "nothing", List.of(), List.of(), false, true));
        assertThat(models.chat().turns()).hasSize(1);
        assertThat(models.chat().turns().getFirst().question()).isEqualTo("what failed?");
        assertThat(models.chat().turns().getFirst().parts()).hasSize(1);
    }

    @Test
    void commandsAndTheirAnswersGoToTheRuns() {
        received(started());
        Header header = Header.of(Channel.commands("acme", "orders"), now, ABOUT_RUN);
        received(new Event.Command(header, "c-9", CommandVerb.PAUSE, null));
        received(new Event.Status(runs(ABOUT_RUN), "accepted", null, "c-9"));
        assertThat(models.runs().command().get()).isNotNull();
        assertThat(models.runs().commandSentence().get()).isNotEmpty();
    }

    @Test
    void aGapIsTwoTruthsOneInTheLogOneInTheStatusBar() {
        told(new Event.Gap(logs(), "e-1", new Cursor("e", 90), "retention", null));
        assertThat(connection.gaps().get()).isEqualTo(1);
        assertThat(ShownLines.notices(models.logs())).hasSize(1);
    }

    @Test
    void aSnapshotReplacesTheRunsAndTellsOfOldFailures() {
        received(started());
        RunState failed =
                new RunState(
                        new RunKey("acme", "orders", "r-0"),
                        RunStatus.FAILED,
                        now,
                        now,
                        now,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "disk full",
                        new Cursor("e", 3),
                        0,
                        0,
                        0,
                        List.of(),
                        new Cursor("e", 1),
                        new Cursor("e", 4),
                        new Cursor("e", 4),
                        null,
                        null);
        told(
                new Event.Snapshot(
                        Header.of(Channel.session("s"), now, Subject.NONE),
                        new Cursor("e", 9),
                        List.of(failed)));
        assertThat(models.runs().rows().shown())
                .extracting(RunRow::key)
                .containsExactly(failed.key());
        assertThat(models.alerts().rows()).hasSize(1);
        assertThat(connection.anything().get()).isTrue();
    }

    @Test
    void aKindFromANewerGatewayIsCountedAndCanBeLookedAt() {
        Entry entry = received(new Event.Other(runs(ABOUT_RUN), "lineage_changed"));
        assertThat(connection.ledger().lines()).hasSize(1);
        assertThat(facts.find(entry.cursor())).contains(entry);
        assertThat(failures).isEmpty();
    }

    @Test
    void factsAreBoundedAndLinesAreNotKeptTwice() {
        Entry line = received(new Event.Log(logs(), Level.INFO, "hello", null, null));
        Entry first = received(started());
        for (int i = 0; i < 20_001; i++) {
            facts.keep(new Entry(new Cursor("f", i), started()));
        }
        assertThat(facts.find(line.cursor())).isEmpty();
        assertThat(facts.find(first.cursor())).isEmpty();
        assertThat(facts.find(new Cursor("f", 20_000))).isPresent();
    }

    @Test
    void whatNoModelCouldTakeIsReported() {
        router.failed(new StreamItem.Unreadable("x"), new IllegalStateException("bug"));
        assertThat(failures).hasSize(1);
    }

    private Event.WorkflowStarted started() {
        return new Event.WorkflowStarted(runs(ABOUT_RUN), null, List.of(), null);
    }

    private RunState run() {
        models.runs().select(RUN);
        return Objects.requireNonNull(models.runs().chosen().get());
    }

    private Header logs() {
        return Header.of(Channel.logs("acme", "orders"), now, ABOUT_TASK);
    }

    private Header runs(Subject subject) {
        return Header.of(Channel.runs("acme", "orders"), now, subject);
    }

    private Entry received(Event event) {
        Entry entry = new Entry(new Cursor("e", ++position), event);
        batch(new StreamItem.Received(entry, now));
        return entry;
    }

    private void told(Event.Control control) {
        batch(new StreamItem.Told(control, now));
    }

    /** Each batch in a second of its own, so that what is refreshed now and then is refreshed. */
    private void batch(StreamItem item) {
        router.begin();
        router.accept(item);
        now = now.plusSeconds(1);
        router.end(0);
    }

    @Test
    void whatThisMachineKeptIsNoEventPerSecond() {
        received(new Event.Log(logs(), Level.INFO, "kept", null, null));
        assertThat(ShownTiles.of(models.metrics()))
                .noneMatch(tile -> tile.startsWith("received 1 "));
        batch(new StreamItem.Changed(new ConnectionState.Connecting(1)));
        received(new Event.Log(logs(), Level.INFO, "sent", null, null));
        assertThat(ShownTiles.of(models.metrics()))
                .anyMatch(tile -> tile.startsWith("received 1 "));
    }
}
