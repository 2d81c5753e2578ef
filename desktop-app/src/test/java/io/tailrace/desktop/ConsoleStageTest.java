package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.TokenStore;
import io.tailrace.desktop.state.WindowState;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import javax.imageio.ImageIO;

/** The whole console with all its panes, where no gateway is. */
@ExtendWith(ApplicationExtension.class)
class ConsoleStageTest {

    @TempDir static Path folder;

    private @Nullable ConsoleStage console;
    private @Nullable Failures failures;
    private @Nullable Stage stage;

    @Start
    void start(Stage shown) throws IOException {
        Failures log = new Failures(folder.resolve("logs"));
        console = open(shown, folder, log, 700, "--gateway=" + nowhere(), "--theme=dark");
        failures = log;
        stage = shown;
    }

    /** A whole console, 1000 pixels wide and so high, that keeps everything in a folder. */
    static ConsoleStage open(
            Stage shown, Path folder, Failures log, double height, String... options)
            throws IOException {
        StateFile file = new StateFile(folder.resolve("console.json"));
        file.save(file.load().withSize(new WindowState.Size(1000, height, false)));
        ConsoleStage opened =
                new ConsoleStage(
                        shown,
                        Options.parse(List.of(options)),
                        log,
                        new Memory(folder, folder.resolve("gateways"), log),
                        new TokenStore(folder.resolve("tokens.json")));
        shown.setX(0);
        shown.setY(0);
        opened.open();
        return opened;
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(() -> Objects.requireNonNull(console).close());
    }

    @Test
    void saysThatItReconnectsAndTriesAtOnceWhenAsked(FxRobot robot) {
        await().until(() -> standing(robot).startsWith("reconnecting in "));
        assertThat(standing(robot)).contains("Cannot reach the gateway");
        await().until(() -> robot.lookup("#reconnect").query().isVisible());

        robot.clickOn("#reconnect");

        await().until(() -> !standing(robot).isEmpty());
        await().until(() -> standing(robot).startsWith("reconnecting in "));
    }

    @Test
    void everythingIsShownInAPicture(FxRobot robot) throws IOException {
        Path picture = folder.resolve("console.png");
        robot.interact(() -> {
            try {
                Pictures.write(Objects.requireNonNull(stage).getScene(), picture);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(1000);
        assertThat(image.getHeight()).isEqualTo(700);
        assertThat(image.getRGB(500, 5) & 0xffffff).isEqualTo(0x161b22); // the header's surface
    }

    @Test
    void anotherGatewayIsAnotherConsoleAndIsRemembered(FxRobot robot) throws IOException {
        String other = nowhere();
        robot.interact(
                () -> robot.lookup("#gateway-field").queryAs(TextField.class).setText(other));
        robot.clickOn("Connect now");
        assertThat(robot.lookup("No gateway at " + other).tryQuery()).isPresent();
        assertThat(Objects.requireNonNull(stage).getTitle())
                .endsWith(other.substring("http://".length()));
        assertThat(new StateFile(folder.resolve("console.json")).load().gateway())
                .hasToString(other);
    }

    @Test
    void anUnexpectedFailureIsOneLineForPeopleAndDetailsInAFile(FxRobot robot) throws IOException {
        Objects.requireNonNull(failures)
                .uncaughtException(Thread.currentThread(), new IllegalStateException("a bug"));
        await().until(() -> !robot.lookup("#notice").queryAs(Label.class).getText().isEmpty());
        assertThat(robot.lookup("#notice").queryAs(Label.class).getText())
                .startsWith("Something went wrong in the console; the details are in ")
                .doesNotContain("Exception");
        assertThat(Files.readString(folder.resolve("logs/console.log0")))
                .contains("IllegalStateException: a bug");
    }

    private static String standing(FxRobot robot) {
        return robot.lookup("#standing").queryAs(Label.class).getText();
    }

    /** An address where nobody listens. */
    private static String nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
