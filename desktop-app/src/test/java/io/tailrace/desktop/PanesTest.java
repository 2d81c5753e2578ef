package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.alerts.AlertsPane;
import io.tailrace.desktop.chat.ChatGestures;
import io.tailrace.desktop.chat.ChatModel;
import io.tailrace.desktop.chat.ChatPane;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Nodes;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.desktop.workflow.ConfirmationDialog;
import io.tailrace.desktop.workflow.RunCommands;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.RunsPane;
import io.tailrace.desktop.workflow.TaskChoice;
import io.tailrace.desktop.workflow.WorkflowPane;
import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class PanesTest extends ApplicationTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final Times TIMES = new Times(ZoneOffset.UTC);
    private static final String COLOURS =
            "-tr-background: white; -tr-raised: #eee; -tr-line: #ccc; -tr-text: black;"
                    + "-tr-muted: gray; -tr-accent: blue; -tr-ok: green; -tr-warn: orange;"
                    + "-tr-error: red; -tr-selection: lightblue;";

    private final StackPane root = new StackPane();
    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private Instant now = START.plusSeconds(100);
    private final RunsModel runs = new RunsModel(() -> now, TIMES);

    @Override
    public void start(Stage stage) {
        root.setStyle(COLOURS);
        stage.setScene(new Scene(root, 900, 600));
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @Test
    void choosingARunInTheListShowsItsTasksAndAClickOnOneChoosesIt() {
        interact(() -> {
            feed(new Tale(key("first"), START).starts(Tale.planned("extract")));
            feed(new Tale(key("second"), START.plusSeconds(9)).starts());
            WorkflowPane workflow =
                    new WorkflowPane(runs, TIMES, new SharedTime(), heard::add, heard::add);
            RunsPane list = new RunsPane(runs, TIMES);
            list.setMinWidth(250);
            workflow.setPrefWidth(650);
            root.getChildren().setAll(new HBox(list, workflow));
        });
        assertThat(runs.selected().get()).isEqualTo(key("second"));

        clickOn(".runs-list");
        type(KeyCode.END);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(runs.selected().get()).isEqualTo(key("first"));

        Node canvas = lookup(".timeline-canvas").query();
        interact(canvas::requestFocus);
        type(KeyCode.DOWN, KeyCode.ENTER);
        assertThat(heard).containsExactly(new TaskChoice(key("first"), "extract"));
    }

    @Test
    void theListKeepsTheChosenRunWhenNewerOnesArrive() {
        interact(() -> {
            feed(new Tale(key("first"), START).starts());
            root.getChildren().setAll(new RunsPane(runs, TIMES));
            runs.select(key("first"));
            feed(new Tale(key("second"), START.plusSeconds(9)).starts());
        });

        ListView<?> list = lookup(".runs-list").queryListView();
        assertThat(list.getSelectionModel().getSelectedIndex()).isEqualTo(1);
        assertThat(runs.selected().get()).isEqualTo(key("first"));
    }

    @Test
    void theRowOfAFailedRunCutsItsWordsAndSaysTheRestAsWell() {
        String task = "accepted_values_customers_of_every_year_and_of_all_the_shops";
        interact(() -> {
            feed(new Tale(new RunKey("other", "hourly", "1"), START).starts());
            Tale failed = new Tale(key("first"), START).starts().fails(task, 1, "x", false);
            feed(failed.logs(Level.ERROR, "x").ends(RunStatus.FAILED, "x"));
            RunsPane list = new RunsPane(runs, TIMES);
            list.setMaxWidth(250);
            root.getChildren().setAll(list);
        });
        WaitForAsyncUtils.waitForFxEvents();

        List<String> shown =
                lookup(".runs-list .text").<Text>queryAll().stream().map(Text::getText).toList();
        assertThat(shown)
                .contains("1 err")
                .anyMatch(words -> words.endsWith("me · 02:00"))
                .anyMatch(words -> words.startsWith("failed: ") && words.length() < 30);
    }

    @Test
    void aQuestionIsAnsweredPartByPartAndItsChipOpensTheEvidence() {
        Citation citation =
                new Citation(Channel.logs("acme", "nightly"), Tale.nextCursor(), "line 7");
        List<String> sent = new CopyOnWriteArrayList<>();
        ChatModel chat =
                new ChatModel(
                        ask -> sent.add(ask.message()), Platform::runLater, () -> now, () -> "id");
        interact(() -> root.getChildren().setAll(new ChatPane(chat, gestures(), TIMES)));

        clickOn(".chat-field").write("Why?").type(KeyCode.ENTER);
        await().until(() -> sent.contains("Why?"));
        interact(() -> {
            chat.apply(response(1, "Because of **this**.", List.of(citation), false));
            chat.apply(response(2, "And that.", List.of(), true));
            chat.batchEnded();
        });
        assertThat(lookup(".chat-statement").queryAll()).hasSize(2);

        clickOn(".chat-chip");
        assertThat(heard).containsExactly(citation);

        interact(() -> Nodes.focus(root)); // finds the field, not what stands above it
        type(KeyCode.UP);
        assertThat(lookup(".chat-field").queryTextInputControl().getText()).isEqualTo("Why?");
    }

    @Test
    void aClickOnAnAlertChoosesItsRunAndOpensItsEntry() {
        AlertsModel alerts = new AlertsModel(InstantSource.system());
        SharedTime shared = new SharedTime();
        Tale tale = new Tale(key("first"), START).fails("load", 1, "no disk", false);
        Cursor evidence = tale.last().cursor();
        interact(() -> {
            root.getChildren()
                    .setAll(
                            new AlertsPane(
                                    alerts, TIMES, () -> now, shared, heard::add, heard::add));
            tale.entries().forEach(alerts::apply);
            alerts.batchEnded();
        });

        interact(() ->
                shared.range().set(TimeRange.between(now.plusSeconds(1), now.plusSeconds(2))));
        assertThat(lookup(".alerts-sentence").<Node>queryAll())
                .noneMatch(node -> node.getScene() != null && node.isVisible());
        clickOn("1 alert outside of the chosen span  ×");
        assertThat(shared.range().get()).isNull();
        interact(root::layout); // the list has its rows again

        clickOn(".alerts-sentence");

        await().untilAsserted(() -> assertThat(heard).containsExactly(key("first"), evidence));
        assertThat(alerts.unseen().get()).isZero();
    }

    @Test
    void cancellingIsConfirmedFirst() {
        RunCommands commands =
                new RunCommands(
                        runs,
                        (_, verb) -> {
                            heard.add(verb);
                            return "c1";
                        },
                        new ConfirmationDialog(() -> root.getScene().getWindow()),
                        Platform::runLater);
        interact(() -> feed(new Tale(key("first"), START).starts()));

        interact(() -> commands.command(key("first"), CommandVerb.CANCEL));
        clickOn("Keep it running");
        assertThat(heard).isEmpty();

        interact(() -> commands.command(key("first"), CommandVerb.CANCEL));
        clickOn("Cancel the run");
        await().until(() -> heard.contains(CommandVerb.CANCEL));

        interact(() -> feed(new Tale(key("first"), START).at(5).ends(RunStatus.CANCELLED, null)));
        assertThat(runs.commandSentence().get()).contains("the run ended");
    }

    private ChatGestures gestures() {
        return new ChatGestures() {
            @Override
            public void open(Citation citation) {
                heard.add(citation);
            }

            @Override
            public void find(String text) {
                heard.add(text);
            }

            @Override
            public void command(RunKey run, CommandVerb verb) {
                heard.add(verb);
            }
        };
    }

    private void feed(Tale tale) {
        tale.entries().forEach(runs::apply);
        now = now.plusMillis(200);
        runs.batchEnded();
    }

    private static Entry response(int part, String text, List<Citation> citations, boolean done) {
        Header header = Header.of(Channel.session("s"), START, Subject.NONE);
        return new Entry(
                Tale.nextCursor(),
                new Event.ChatResponse(
                        header, "id", "id", part, text, citations, List.of(), false, done));
    }

    private static RunKey key(String run) {
        return new RunKey("acme", "nightly", run);
    }
}
