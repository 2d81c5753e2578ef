package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;

import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Links to lines, notes at them, and entries that unfold, by keys as people use them. */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LinksAndMarksTest {

    private static final URI GATEWAY = URI.create("http://127.0.0.1:8787");

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();
    private String copied = "";
    private @Nullable LogsPane started;

    @Start
    void start(Stage stage) {
        LogsPane pane =
                new LogsPane(
                        model,
                        new TextClipboard() {
                            @Override
                            public void put(String text) {
                                copied = text;
                            }

                            @Override
                            public String text() {
                                return copied;
                            }
                        });
        started = pane;
        stage.setScene(new Scene(pane, 900, 500));
        stage.show();
        for (int i = 1; i <= 500; i++) {
            String more = i % 10 == 0 ? "\n\tat frame 1\n\tat frame 2" : "";
            model.append(Lines.entry(i, Level.INFO, "line " + i + more));
        }
    }

    @AfterEach
    void close() {
        robot.interact(model::close);
    }

    @Test
    void aCopiedLinkOpensItsLine() {
        await().until(() -> model.statusProperty().get().held() == 500);
        copied = link(77);
        robot.interact(pane().surface()::requestFocus);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.V)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        await().until(() -> pane().visibleLines().contains("line 77"));

        robot.interact(() -> model.find(new FindQuery(link(5), false, false)));
        await().until(() -> pane().visibleLines().contains("line 5"));
        assertThat(model.queryProperty().get().isEmpty()).isTrue();

        robot.interact(() -> model.find(new FindQuery(link(9_000), false, false)));
        await().until(() ->
                model.statusProperty().get().notice().contains("not of the log that is shown"));
    }

    @Test
    void notesAreWrittenListedAndTakenAway() {
        await().until(() -> model.statusProperty().get().held() == 500);
        Cursor line = new Cursor("e1", 490);
        robot.interact(() -> model.open(line));
        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.M);
        await().until(() -> robot.lookup(".logs-marks .text-field").tryQuery().isPresent());
        await().until(() ->
                robot.lookup(".logs-marks .text-field").queryAs(TextField.class).isFocused());
        robot.write("here it began").type(KeyCode.ENTER);
        await().until(() ->
                model.notes().bookmarks().note(line).equals(Optional.of("here it began")));
        assertThat(pane().marks().shown()).isEqualTo(1);
        robot.type(KeyCode.DELETE);
        await().until(() -> model.notes().bookmarks().all().isEmpty());
    }

    @Test
    void anEntryUnfoldsAtItsLine() {
        await().until(() -> pane().visibleLines().contains("line 500"));
        robot.interact(() -> model.open(new Cursor("e1", 490)));
        robot.interact(pane().surface()::requestFocus);
        robot.type(KeyCode.Z);
        await().until(() -> following("line 490").equals(List.of("\tat frame 1", "\tat frame 2")));
        robot.type(KeyCode.Z);
        await().until(() -> following("line 490").equals(List.of("line 491", "line 492")));
    }

    private List<String> following(String line) {
        List<String> all = pane().visibleLines();
        int at = all.indexOf(line);
        return at < 0 || at + 3 > all.size() ? List.of() : all.subList(at + 1, at + 3);
    }

    private static String link(long position) {
        return new LineLink(GATEWAY, Lines.CHANNEL, new Cursor("e1", position)).toString();
    }

    private LogsPane pane() {
        return Objects.requireNonNull(started);
    }
}
