package io.tailrace.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

@ExtendWith(ApplicationExtension.class)
class MainWindowTest {

    private final Recorded gestures = new Recorded();
    private final SimpleObjectProperty<Headline> headline = new SimpleObjectProperty<>();
    private final SimpleIntegerProperty alerts = new SimpleIntegerProperty();
    private final SimpleStringProperty badge = new SimpleStringProperty("");
    private final SimpleStringProperty notice = new SimpleStringProperty("");
    private final Instant now = Instant.parse("2026-11-21T02:17:00Z");
    private final ConnectionModel connection =
            new ConnectionModel(URI.create("http://127.0.0.1:8787"), () -> now);
    private @Nullable Setup setup;

    private record Setup(Stage stage, Theme theme, Panes panes, MainWindow window) {}

    @Start
    void start(Stage stage) {
        Theme theme = new Theme(Theme.Choice.DARK, Theme.NORMAL_SIZE);
        Panes panes =
                new Panes(
                        Recorded.pane("runs"),
                        Recorded.pane("timeline"),
                        Recorded.pane("log"),
                        Recorded.pane("metrics"),
                        Recorded.pane("alerts"),
                        Recorded.pane("chat"));
        MainWindow window =
                new MainWindow(
                        new Content(
                                panes,
                                connection,
                                headline,
                                new Drawer(
                                        Recorded.pane("letters"),
                                        badge,
                                        () -> gestures.asked.add("letters")),
                                List.of(new KeyTable("In a pane").on("P", "pin", () -> {})),
                                alerts,
                                Places.NONE,
                                notice),
                        gestures,
                        theme,
                        WindowState.FIRST);
        Scene scene = new Scene(window.root(), 1000, 700);
        theme.style(scene);
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        setup = new Setup(stage, theme, panes, window);
    }

    @Test
    void withoutAGatewayItSaysSoAndReconnectsAtAClick(FxRobot robot) {
        robot.interact(
                () -> told(new ConnectionState.Waiting(now.plusSeconds(4), 2, "Nobody answers.")));
        assertThat(label(robot, "#standing")).isEqualTo("reconnecting in 4 s: Nobody answers.");
        robot.clickOn("#reconnect");
        assertThat(gestures.asked).containsExactly("reconnect");

        robot.interact(() -> told(new ConnectionState.Stopped("The gateway refused.")));
        assertThat(label(robot, "#standing")).isEqualTo("offline: The gateway refused.");
        assertThat(robot.lookup("No gateway at http://127.0.0.1:8787").tryQuery()).isPresent();

        robot.interact(() -> told(new ConnectionState.Connected(now)));
        assertThat(label(robot, "#standing")).isEqualTo("connected");
        assertThat(robot.lookup("#reconnect").query().isVisible()).isFalse();
        assertThat(robot.lookup("Nothing publishes yet").tryQuery()).isPresent();
    }

    @Test
    void anotherGatewayCanBeTypedAndAWrongAddressIsExplained(FxRobot robot) {
        robot.interact(
                () -> robot.lookup("#gateway-field").queryAs(TextField.class).setText("nope://x"));
        robot.clickOn("Connect now");
        assertThat(gestures.asked).isEmpty();
        assertThat(robot.lookup(".error").queryAll())
                .anyMatch(node ->
                        node instanceof Label label
                                && label.getText().contains("not a gateway's address"));
        robot.interact(() ->
                robot.lookup("#gateway-field")
                        .queryAs(TextField.class)
                        .setText("tail.example:9000"));
        robot.clickOn("Connect now");
        assertThat(gestures.asked).containsExactly("connect to http://tail.example:9000");
    }

    @Test
    void aTokenCanBeGivenAndIsNotShown(FxRobot robot) {
        PasswordField field = robot.lookup("#token-field").queryAs(PasswordField.class);
        robot.interact(() -> field.setText(" secret "));
        robot.clickOn("Connect now");
        assertThat(gestures.asked).containsExactly("connect to http://127.0.0.1:8787 with secret");
        assertThat(field.getText()).isEmpty();
    }

    @Test
    void thePaletteFindsCommandsAndTextAndAsks(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        type(robot, "recon");
        robot.push(KeyCode.ENTER);
        assertThat(gestures.asked).containsExactly("reconnect");
        assertThat(robot.lookup("#palette-field").tryQuery()).isEmpty();

        robot.push(KeyCode.CONTROL, KeyCode.K);
        type(robot, "payments timeout");
        assertThat(robot.lookup("#palette-list").<ListView<?>>query().getItems()).hasSize(2);
        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.CONTROL, KeyCode.K);
        type(robot, "why?");
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.ENTER);
        assertThat(gestures.asked)
                .containsExactly("reconnect", "find payments timeout", "ask why?");

        gestures.asked.clear();
        robot.push(KeyCode.CONTROL, KeyCode.K);
        type(robot, "nightly");
        robot.push(KeyCode.ENTER);
        assertThat(gestures.asked).containsExactly("open run");

        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#palette-field").tryQuery()).isEmpty();
    }

    @Test
    void keysChangeThemeAndSizeAndShowHelp(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        assertThat(it().theme().palette().get()).isEqualTo(Palette.LIGHT);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        assertThat(it().theme().palette().get()).isEqualTo(Palette.DARK);
        robot.push(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(it().theme().fontSize().get()).isEqualTo(12);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(it().theme().fontSize().get()).isEqualTo(13);
        robot.push(KeyCode.F5);
        assertThat(gestures.asked).containsExactly("reconnect");
        robot.interact(() -> it().panes().log().requestFocus());
        robot.write('?');
        assertThat(robot.lookup("Keys").tryQuery()).isPresent();
    }

    @Test
    void panesFindTheirPlaceAtEveryWidth(FxRobot robot) {
        robot.interact(this::receiveALine);
        assertThat(inScene(it().panes().runs())).isTrue();
        assertThat(inScene(it().panes().log())).isTrue();
        assertThat(inScene(it().panes().chat())).isFalse();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
        assertThat(inScene(it().panes().chat())).isTrue();
        assertThat(it().panes().chat().isFocused()).isTrue();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        assertThat(it().panes().log().isFocused()).isTrue();

        resize(robot, 800);
        assertThat(inScene(it().panes().runs())).isFalse();
        robot.clickOn("#runs-button");
        assertThat(inScene(it().panes().runs())).isTrue();
        robot.push(KeyCode.ESCAPE);
        assertThat(inScene(it().panes().runs())).isFalse();

        robot.clickOn("#runs-button");
        robot.interact(() -> headline.set(Recorded.headline("running")));
        assertThat(inScene(it().panes().runs())).isFalse();

        robot.clickOn("#runs-button");
        resize(robot, 950);
        assertThat(robot.lookup(".veil").tryQuery()).isEmpty();
        assertThat(inScene(it().panes().runs())).isTrue();
        assertThat(it().panes().runs().getWidth()).isEqualTo(WindowState.FIRST.panes().runsWidth());
    }

    @Test
    void theHeaderOffersOnlyWhatMakesSense(FxRobot robot) {
        robot.interact(() -> headline.set(Recorded.headline("running 63 %")));
        assertThat(robot.lookup("running 63 %").query().getStyleClass()).contains("accent");
        assertThat(robot.lookup("Retry").queryButton().isVisible()).isFalse();
        robot.clickOn("Cancel");
        assertThat(gestures.asked).containsExactly("cancel acme/nightly-orders/r-17");
    }

    @Test
    void whatCannotBeAskedNowIsDisabledAndSaysWhy(FxRobot robot) {
        robot.interact(() -> headline.set(Recorded.headline("running 63 %", "Not connected.")));
        assertThat(robot.lookup("Cancel").queryButton().isDisabled()).isTrue();
        assertThat(robot.lookup("Cancel").queryButton().getAccessibleHelp())
                .isEqualTo("Not connected.");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.X);
        assertThat(gestures.asked).isEmpty();
        assertThat(notice.get()).isEqualTo("Not connected.");

        robot.interact(() -> headline.set(Recorded.headline("running 63 %")));
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        assertThat(gestures.asked).containsExactly("pause acme/nightly-orders/r-17");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        assertThat(notice.get()).contains("nothing to retry");
    }

    @Test
    void deadLettersAreCountedAndOpened(FxRobot robot) {
        assertThat(robot.lookup("#dead-letters").query().isVisible()).isFalse();
        robot.interact(() -> badge.set("3 dead letters"));
        robot.clickOn("#dead-letters");
        assertThat(gestures.asked).containsExactly("letters");
        assertThat(robot.lookup(".sheet-card").tryQuery()).isPresent();
    }

    @Test
    void theHelpSheetListsTheKeysOfThePanesToo(FxRobot robot) {
        robot.interact(() -> it().panes().log().requestFocus());
        robot.write('?');
        assertThat(robot.lookup("In a pane").tryQuery()).isPresent();
        assertThat(robot.lookup("pin").tryQuery()).isPresent();
        assertThat(robot.lookup("Ctrl+Shift+X").tryQuery()).isPresent();
    }

    @Test
    void theTitleCountsAlertsAndTheNoticeCanBeCleared(FxRobot robot) {
        assertThat(it().window().title().get()).isEqualTo("Tailrace · 127.0.0.1:8787");
        robot.interact(() -> {
            alerts.set(3);
            notice.set("Something went wrong.");
        });
        assertThat(it().window().title().get()).isEqualTo("(3) Tailrace · 127.0.0.1:8787");
        robot.clickOn("#notice");
        assertThat(notice.get()).isEmpty();
    }

    private Setup it() {
        return Objects.requireNonNull(setup);
    }

    private boolean inScene(Node node) {
        return node.getScene() != null;
    }

    private void resize(FxRobot robot, double width) {
        robot.interact(() -> it().stage().setWidth(width));
        robot.interact(() -> it().stage().getScene().getRoot().layout());
    }

    private static void type(FxRobot robot, String text) {
        robot.interact(() -> robot.lookup("#palette-field").queryAs(TextField.class).setText(text));
    }

    private static String label(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private void told(ConnectionState state) {
        receive(new StreamItem.Changed(state));
    }

    private void receiveALine() {
        Header header = Header.of(Channel.logs("acme", "orders"), now, Subject.NONE);
        receive(
                new StreamItem.Received(
                        new Entry(
                                new Cursor("e", 1),
                                new Event.Log(header, Level.INFO, "hello", null, null)),
                        now));
    }

    private void receive(StreamItem item) {
        connection.begin();
        connection.apply(item);
        connection.end();
    }
}
