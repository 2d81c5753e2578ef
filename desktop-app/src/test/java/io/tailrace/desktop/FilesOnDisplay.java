package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.Gateway;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What only a real display has: the system's file dialogs, and files that are dragged onto the
 * window; {@code mvn -Pdisplay} runs it. The keys and the mouse are the display's own.
 */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class FilesOnDisplay {

    @TempDir static Path folder;

    private final Gateway gateway = Gateways.inMemory();
    private final URI address = Gateways.address(gateway);
    private @Nullable ConsoleStage console;
    private @Nullable Stage stage;

    @Start
    void start(Stage shown) throws IOException {
        Failures log = new Failures(folder.resolve("logs"));
        console = ConsoleStageTest.open(shown, folder, log, 600, "--gateway=" + address);
        stage = shown;
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(() -> Objects.requireNonNull(console).close());
        gateway.close();
    }

    @Test
    void anIncidentIsSavedWithTheSystemsDialogAndOpenedByDroppingItsFile(FxRobot robot)
            throws Exception {
        publish("one\ntwo\nthree\n");
        await().until(() -> robot.lookup("3 received").tryQuery().isPresent());
        Path incident = folder.resolve("saved.tailrace");

        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.clickOn("Save …");
        answer(incident);
        await().until(() -> Files.exists(incident));
        await().until(() -> notice(robot).contains(" entries saved in "));

        drop(robot, incident);
        await().until(() -> standing(robot).contains("This is an incident saved at "));
        await().until(() -> robot.lookup("3 lines").tryQuery().isPresent());
    }

    private void publish(String lines) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/api/channels/logs:a:b/events"))
                        .header("Content-Type", "text/plain")
                        .PUT(HttpRequest.BodyPublishers.ofString(lines))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    /** Types a file's name into the dialog that is open, until somebody reads it. */
    private static void answer(Path file) {
        await().pollInterval(Duration.ofSeconds(3))
                .until(() -> {
                    var _ = WaitForAsyncUtils.asyncFx(() -> type(file.toString()));
                    return Files.exists(file);
                });
    }

    private static void type(String text) {
        Robot robot = new Robot();
        robot.keyPress(KeyCode.CONTROL);
        robot.keyType(KeyCode.A);
        robot.keyRelease(KeyCode.CONTROL);
        text.chars().forEach(c -> robot.keyType(key((char) c)));
        robot.keyType(KeyCode.ENTER);
    }

    private static KeyCode key(char c) {
        return switch (c) {
            case '/' -> KeyCode.SLASH;
            case '.' -> KeyCode.PERIOD;
            case '-' -> KeyCode.MINUS;
            default -> KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(c)));
        };
    }

    /** Drags it from another window, as from a file manager. */
    private void drop(FxRobot robot, Path file) {
        Label source = new Label("drag me");
        source.setOnDragDetected(event -> {
            Dragboard board = source.startDragAndDrop(TransferMode.COPY);
            ClipboardContent content = new ClipboardContent();
            content.putFiles(List.of(file.toFile()));
            board.setContent(content);
            event.consume();
        });
        robot.interact(() -> {
            Stage other = new Stage();
            other.setScene(new Scene(source, 120, 60));
            other.setX(1100);
            other.setY(100);
            other.show();
        });
        robot.moveTo(source).press(MouseButton.PRIMARY).moveBy(5, 5).moveBy(20, 10);
        robot.moveTo(Objects.requireNonNull(stage)).moveBy(10, 10).moveBy(-10, 10);
        robot.release(MouseButton.PRIMARY);
    }

    private static String standing(FxRobot robot) {
        return robot.lookup("#standing").queryAs(Label.class).getText();
    }

    private static String notice(FxRobot robot) {
        return robot.lookup("#notice").queryAs(Label.class).getText();
    }
}
