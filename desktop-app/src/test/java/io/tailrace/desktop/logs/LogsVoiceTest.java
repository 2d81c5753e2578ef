package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Level;

import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LogsVoiceTest {

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();
    private final BooleanProperty listened = new SimpleBooleanProperty(true);
    private final Region rows = new Region();
    private final List<@Nullable String> said = new CopyOnWriteArrayList<>();
    private final AnimationTimer frames =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    model.pulse();
                }
            };
    private long position;

    @Start
    void start(Stage stage) {
        LogsVoice voice = new LogsVoice(model, rows, listened, Duration.millis(300));
        model.statusProperty().subscribe(voice::hear);
        rows.accessibleTextProperty().addListener((_, _, text) -> said.add(text));
        stage.setScene(new Scene(rows, 100, 100));
        stage.show();
        frames.start();
    }

    @AfterEach
    void close() {
        robot.interact(() -> {
            frames.stop();
            model.close();
        });
    }

    @Test
    void tellsInOneSentenceWhatArrived() {
        arrive(Level.INFO, 10);
        await().until(() -> said.contains("10 new lines of 10."));
        said.clear();
        robot.interact(() -> {
            publish(Level.INFO, 20);
            publish(Level.ERROR, 1);
        });
        await().until(() -> !said.isEmpty());
        assertThat(said).containsExactly("21 new lines of 31. Newest error: line 31");
        assertThat(rows.queryAccessibleAttribute(AccessibleAttribute.TEXT))
                .isEqualTo(said.getLast());
    }

    @Test
    void saysNothingWhileScrolledBackOrWhenNobodyListens() {
        arrive(Level.INFO, 100);
        await().until(() -> held() == 100);
        robot.interact(() -> {
            model.screen().resize(10);
            model.screen().scroll(-20);
        });
        await().until(() -> !model.statusProperty().get().following());
        said.clear();
        arrive(Level.ERROR, 5);
        await().until(() -> held() == 105);
        robot.interact(() -> {
            listened.set(false);
            model.follow();
        });
        await().until(() -> model.statusProperty().get().following());
        assertThat(said).containsExactly("Log, following, 105 lines.");
        arrive(Level.ERROR, 5);
        await().until(() -> held() == 110);
        robot.interact(() -> listened.set(true));
        arrive(Level.INFO, 1); // from here on it is listened
        await().until(() -> held() == 111);
        arrive(Level.INFO, 1);
        await().until(() -> said.size() == 2);
        assertThat(said.getLast()).isEqualTo("1 new line of 112.");
    }

    @Test
    void saysTheCurrentLine() {
        arrive(Level.INFO, 5);
        await().until(() -> held() == 5);
        robot.interact(() -> model.screen().moveCurrent(-1, false));
        await().until(() -> !said.isEmpty() && said.getLast().contains("Current line: line "));
        assertThat(said.getLast()).startsWith("Log, ").contains(" 5 lines. Current line: line ");
    }

    private void arrive(Level level, int lines) {
        robot.interact(() -> publish(level, lines));
    }

    private void publish(Level level, int lines) {
        for (int i = 0; i < lines; i++) {
            model.append(Lines.entry(++position, level, "line " + position));
        }
    }

    private long held() {
        return model.statusProperty().get().held();
    }
}
