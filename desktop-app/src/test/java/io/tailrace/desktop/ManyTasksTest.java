package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.WorkflowPane;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunKey;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A run of 5,000 tasks. The limits are those of a busy machine; a quiet one is far below. */
class ManyTasksTest extends ApplicationTest {

    private static final int TASKS = 5_000;
    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private final Instant now = START.plusSeconds(7_000);
    private final RunsModel runs = new RunsModel(() -> now, new Times(ZoneOffset.UTC));
    private final StackPane root = new StackPane();

    @Override
    public void start(Stage stage) {
        stage.setScene(new Scene(root, 900, 600));
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @Test
    void isPaintedAtOnceAndMovesSmoothly() {
        Tale tale = new Tale(new RunKey("acme", "wide", "r1"), START);
        tale.starts(
                IntStream.range(0, TASKS)
                        .mapToObj(i ->
                                new PlannedTask(
                                        "task_" + i,
                                        i < 10 ? List.of() : List.of("task_" + (i - 10))))
                        .toArray(PlannedTask[]::new));
        for (int i = 0; i < TASKS - 100; i++) {
            tale.at(i).runs("task_" + i, 1).at(i + 8).completes("task_" + i, 1, 10L);
        }
        tale.entries().forEach(runs::apply);
        long[] first = {0};
        long[] moves = new long[60];
        interact(() -> {
            long begin = System.nanoTime();
            runs.batchEnded();
            WorkflowPane pane =
                    new WorkflowPane(
                            runs, new Times(ZoneOffset.UTC), new SharedTime(), _ -> {}, _ -> {});
            pane.paletteProperty().set(Palette.DARK);
            root.getChildren().setAll(pane);
            root.applyCss();
            root.layout();
            first[0] = System.nanoTime() - begin;
        });
        Node canvas = lookup(".timeline-canvas").query();
        for (int i = 0; i < moves.length; i++) {
            KeyCode key =
                    i % 3 == 0 ? KeyCode.PLUS : i % 2 == 0 ? KeyCode.RIGHT : KeyCode.PAGE_DOWN;
            int move = i;
            boolean sign = key == KeyCode.PLUS;
            interact(() -> {
                long begin = System.nanoTime();
                Event.fireEvent(
                        canvas,
                        new KeyEvent(
                                sign ? KeyEvent.KEY_TYPED : KeyEvent.KEY_PRESSED,
                                sign ? "+" : "",
                                "",
                                sign ? KeyCode.UNDEFINED : key,
                                false,
                                false,
                                false,
                                false));
                root.layout();
                moves[move] = System.nanoTime() - begin;
            });
        }
        assertThat(Duration.ofNanos(first[0])).isLessThan(Duration.ofSeconds(20));
        Arrays.sort(moves);
        assertThat(Duration.ofNanos(moves[30])).isLessThan(Duration.ofSeconds(1));
        System.out.printf(
                "5,000 tasks: first paint %d ms, moves median %d ms, p99 %d ms%n",
                first[0] / 1_000_000, moves[30] / 1_000_000, moves[59] / 1_000_000);
    }
}
