package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Cursor;
import io.tailrace.model.Level;

import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LogsPaneTest {

    private static final String COLOURS =
            "data:text/css,.root{-tr-background:%230d1117;-tr-raised:%23161b22;-tr-line:%2321262d;"
                    + "-tr-text:%23e6edf3;-tr-muted:%238b949e;-tr-accent:%2358a6ff;"
                    + "-tr-ok:%233fb950;-tr-warn:%23d29922;-tr-error:%23f85149;"
                    + "-tr-selection:%2358a6ff33;}";

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();
    private final List<String> clipboard = new ArrayList<>();
    private @Nullable LogsPane started;

    @Start
    void start(Stage stage) {
        LogsPane pane = new LogsPane(model, clipboard::add);
        started = pane;
        show(stage, pane);
    }

    /** In a window of 900 by 500, with colours as themes give them. */
    static void show(Stage stage, LogsPane pane) {
        Scene scene = new Scene(pane, 900, 500);
        scene.getStylesheets().add(COLOURS);
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @AfterEach
    void close() {
        robot.interact(model::close);
    }

    @Test
    void followsUntilScrolledUpAndThenWhatIsReadStays() {
        publish(0, 500);
        await().until(() -> lastVisible().equals("line 499"));
        robot.moveTo(pane().surface());
        robot.scroll(10, VerticalDirection.UP);
        await().until(() -> !status().following());
        List<String> read = visible();

        publish(500, 1500);
        await().until(() -> status().unseen() >= 1000);
        assertThat(visible()).isEqualTo(read);

        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.END);
        await().until(() -> lastVisible().equals("line 1499"));
        assertThat(status().following()).isTrue();
    }

    @Test
    void theRowsTakeWhateverHeightIsLeft() {
        // else a low pane lays them out too high, and the first ones are behind the histogram
        assertThat(onFx(() -> pane().surface().getParent().minHeight(-1) == 0)).isTrue();
    }

    @Test
    void drawingSelectsAndCopiesTheModelsText() {
        publish(0, 20);
        await().until(() -> lastVisible().equals("line 19"));
        robot.drag(at(3, 2), MouseButton.PRIMARY).dropTo(at(6, 4));
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        await().until(() -> !clipboard.isEmpty());
        assertThat(clipboard).containsExactly("ne 3\nline 4\nline 5\nline");

        robot.press(KeyCode.CONTROL).type(KeyCode.A, KeyCode.C).release(KeyCode.CONTROL);
        await().until(() -> clipboard.size() == 2);
        assertThat(clipboard.getLast()).startsWith("line 0\nline 1\n").endsWith("\nline 19");
    }

    @Test
    void findsAsOneTypesAndStepsThroughTheMatches() {
        publish(0, 1000);
        await().until(() -> status().held() == 1000);
        robot.clickOn(at(990, 1));
        robot.type(KeyCode.SLASH);
        robot.write("LINE 77");
        await().until(() -> status().matches() == 11);
        robot.type(KeyCode.ENTER);
        await().until(() -> status().match() == 1);
        assertThat(visible()).contains("line 77");
        robot.type(KeyCode.ENTER);
        await().until(() -> status().match() == 2);
        assertThat(visible()).contains("line 770");
        robot.type(KeyCode.ESCAPE, KeyCode.N);
        await().until(() -> status().match() == 3);
    }

    @Test
    void enterShowsTheWholeEntryAndEscapeClosesIt() {
        publish(0, 5);
        robot.interact(() ->
                model.append(
                        Lines.entry(
                                6,
                                Level.ERROR,
                                "failed",
                                "java.io.IOException: x\n\tat a.B.c(B.java:1)",
                                Lines.RUN,
                                Map.of("rows", 3))));
        await().until(() -> lastVisible().equals("failed"));
        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.E, KeyCode.ENTER);
        await().until(() -> pane().detail().getScene() != null);
        assertThat(pane().detail().text())
                .isEqualTo("failed\njava.io.IOException: x\n\tat a.B.c(B.java:1)");
        assertThat(pane().detail().fields().getRoot().getChildren().getFirst().getValue())
                .hasToString("rows: 3");
        robot.type(KeyCode.ESCAPE);
        await().until(() -> pane().detail().getScene() == null);
    }

    @Test
    void aTypedConditionBecomesAChipThatTakesItAway() {
        publish(0, 100);
        await().until(() -> status().shown() == 100);
        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.X);
        await().until(() -> status().shown() == 0);
        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.X);
        robot.clickOn("+ filter");
        robot.write("line 7").type(KeyCode.ENTER);
        await().until(() -> status().shown() == 11);
        robot.clickOn("line 7  ×");
        await().until(() -> status().shown() == 100);
    }

    @Test
    void theLevelMenuShowsOnlyErrorsAndACitationOpensWhatItHid() {
        robot.interact(() -> {
            for (int i = 1; i <= 50; i++) {
                Level level = i % 10 == 0 ? Level.ERROR : Level.INFO;
                model.append(Lines.entry(i, level, level + " " + i));
            }
        });
        await().until(() -> status().shown() == 50);
        robot.clickOn(".logs-chip").clickOn("only ERROR");
        await().untilAsserted(() ->
                assertThat(visible())
                        .containsExactly(
                                "ERROR 10", "ERROR 20", "ERROR 30", "ERROR 40", "ERROR 50"));
        robot.interact(() -> assertThat(model.open(new Cursor("e1", 13))).isTrue());
        await().until(() -> visible().contains("INFO 13"));
    }

    @Test
    void anEmptyLogOffersACommandToCopy() {
        robot.clickOn("Copy");
        assertThat(clipboard.getFirst())
                .startsWith("echo hello | curl -T - http://127.0.0.1:8787/api/channels/logs:");
        publish(0, 1);
        await().until(() -> visible().equals(List.of("line 0")));
        assertThat(robot.lookup("Nothing publishes yet").query().getParent().isVisible()).isFalse();
    }

    @Test
    void restsWhenNothingArrives() {
        publish(0, 10);
        await().until(() -> !onFx(() -> pane().ticking()));
    }

    private LogsPane pane() {
        return Objects.requireNonNull(started);
    }

    private static boolean onFx(BooleanSupplier question) {
        boolean[] answer = new boolean[1];
        new FxRobot().interact(() -> answer[0] = question.getAsBoolean());
        return answer[0];
    }

    private Point2D at(long line, int column) {
        Point2D[] point = new Point2D[1];
        robot.interact(() -> {
            double[] xy = pane().surface().pointOf(new LineAnchor(Lines.at(line), column));
            point[0] = pane().surface().localToScreen(xy[0], xy[1]);
        });
        return point[0];
    }

    private void publish(int from, int to) {
        robot.interact(() -> {
            for (int i = from; i < to; i++) {
                model.append(Lines.entry(i + 1, Level.INFO, "line " + i));
            }
        });
    }

    private LogsStatus status() {
        return model.statusProperty().get();
    }

    private List<String> visible() {
        List<List<String>> answer = new ArrayList<>();
        robot.interact(() -> answer.add(pane().visibleLines()));
        return answer.getFirst();
    }

    private String lastVisible() {
        List<String> lines = visible();
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
