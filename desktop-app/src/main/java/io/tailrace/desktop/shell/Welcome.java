package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.theme.Nodes;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import java.net.URI;

/** What stands in the window before anything was received: what to do next, and one button. */
final class Welcome extends VBox {

    private enum Shown {
        NOTHING,
        CONNECTED,
        ALONE
    }

    private final ConnectionModel connection;
    private final Gestures gestures;
    private final Places places;
    private Shown shown = Shown.NOTHING;

    Welcome(ConnectionModel connection, Places places, Gestures gestures) {
        this.places = places;
        this.connection = connection;
        this.gestures = gestures;
        getStyleClass().add("empty-state");
        connection.standing().subscribe(this::show);
        Nodes.showWhen(this, connection.anything().not());
    }

    /** Changes only when a gateway comes or goes: somebody may be typing an address. */
    private void show(Standing standing) {
        boolean connected = standing.receives();
        if (connected && shown != Shown.CONNECTED) {
            shown = Shown.CONNECTED;
            nothingPublishes();
        } else if (!connected && shown != Shown.ALONE) {
            shown = Shown.ALONE;
            noGateway();
        }
    }

    private void nothingPublishes() {
        String line = curl(connection.gateway());
        Label code = Nodes.label(line, "code-line");
        code.setWrapText(true);
        code.setMaxWidth(840);
        getChildren()
                .setAll(
                        Nodes.label(text("shell.welcome.nothing"), "heading"),
                        wrapped(text("shell.welcome.send")),
                        code,
                        Nodes.button(
                                text("shell.welcome.copy"),
                                () -> TextClipboard.system().put(line),
                                "primary"));
    }

    private void noGateway() {
        Label why = wrapped("");
        why.textProperty().bind(connection.reason());
        getChildren()
                .setAll(
                        Nodes.label(text("shell.welcome.alone", connection.gateway()), "heading"),
                        wrapped(text("shell.welcome.start")),
                        new ConnectForm(connection.gateway(), places, gestures),
                        why);
    }

    private static Label wrapped(String text) {
        Label label = Nodes.label(text, "muted");
        label.setWrapText(true);
        label.setMaxWidth(560);
        label.setAlignment(Pos.CENTER);
        return label;
    }

    /** A line that publishes a first event to the gateway. */
    static String curl(URI gateway) {
        String base = gateway.toString().replaceAll("/+$", "");
        return "echo 'hello from my pipeline' | curl -T - "
                + base
                + "/api/channels/logs:demo:first-steps/events";
    }
}
