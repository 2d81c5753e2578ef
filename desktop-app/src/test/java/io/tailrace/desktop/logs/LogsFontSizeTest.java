package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Level;

import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;
import java.util.Objects;

/** Everything in the log pane is as large as the console's text. */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LogsFontSizeTest {

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();
    private @Nullable LogsPane started;

    @Start
    void start(Stage stage) {
        LogsPane pane = new LogsPane(model, _ -> {});
        started = pane;
        LogsPaneTest.show(stage, pane);
    }

    @AfterEach
    void close() {
        robot.interact(model::close);
    }

    @Test
    void rowsGrowAndTheNewestLinesStayOnTheScreen() {
        publish(500);
        await().until(() -> visible().endsWith("line 499"));
        int before = pane().visibleLines().size();
        size(24);
        await().until(() -> pane().visibleLines().size() < before * 2 / 3);
        assertThat(pane().surface().rowHeight()).isEqualTo(37);
        assertThat(visible()).endsWith("line 499");
        assertThat(model.statusProperty().get().following()).isTrue();

        size(9);
        await().until(() -> pane().visibleLines().size() > before);
        assertThat(pane().surface().rowHeight()).isEqualTo(14);
        assertThat(visible()).endsWith("line 499");
    }

    @Test
    void whatIsReadStaysAndIsClickedWhereItIs() {
        publish(500);
        await().until(() -> visible().endsWith("line 499"));
        robot.interact(() -> model.screen().jump(100.0));
        await().until(() -> visible().startsWith("line 100 "));
        size(20);
        await().until(() -> pane().surface().rowHeight() == 31);
        await().until(() -> visible().startsWith("line 100 "));
        robot.clickOn(pane().surface().localToScreen(300, 3.5 * 31));
        LineSelection selection = Objects.requireNonNull(model.screen().selection());
        assertThat(selection.caret().line()).isEqualTo(Lines.at(103));
    }

    @Test
    void barsAndDetailsGrowToo() {
        publish(3);
        await().until(() -> visible().endsWith("line 2"));
        robot.interact(() -> model.screen().moveCurrent(-1, false));
        robot.clickOn(pane().surface());
        robot.type(KeyCode.ENTER);
        for (double size : List.of(9.0, 13.0, 24.0)) {
            size(size);
            robot.interact(() -> {
                TextArea text = (TextArea) pane().lookup(".logs-detail-text");
                assertThat(text.getFont().getSize()).isCloseTo(size * 0.923, within());
                for (String one : List.of(".logs-state", ".logs-chip", ".logs-toggle")) {
                    Labeled part = (Labeled) pane().lookup(one);
                    assertThat(part.getFont().getSize()).isCloseTo(size * 0.923, within());
                    assertThat(part.getHeight()).isGreaterThan(part.getFont().getSize());
                }
            });
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(0.1);
    }

    /** As the console does: the root's style, and the pane's size. */
    private void size(double size) {
        robot.interact(() -> {
            pane().getScene().getRoot().setStyle("-fx-font-size: " + size + "px");
            pane().fontSizeProperty().set(size);
            pane().applyCss();
            pane().layout();
        });
    }

    private void publish(int lines) {
        robot.interact(() -> {
            for (int i = 0; i < lines; i++) {
                model.append(Lines.entry(i + 1L, Level.INFO, "line " + i));
            }
        });
    }

    private String visible() {
        return String.join(" ", pane().visibleLines());
    }

    private LogsPane pane() {
        return Objects.requireNonNull(started);
    }
}
