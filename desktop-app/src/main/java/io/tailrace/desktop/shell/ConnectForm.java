package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.net.URI;
import java.util.stream.Stream;

/** Asks for a gateway's address and for a token. */
final class ConnectForm extends VBox {

    private static final URI LOCAL = URI.create("http://127.0.0.1:8787");

    private final URI current;
    private final Gestures gestures;
    private final TextField address;
    private final PasswordField token = new PasswordField();
    private final Label wrong = Nodes.label("", "error", "small");

    /**
     * A form.
     *
     * @param current the gateway that is shown now
     * @param places others that are known
     */
    ConnectForm(URI current, Places places, Gestures gestures) {
        super(8);
        this.current = current;
        this.gestures = gestures;
        setAlignment(Pos.CENTER);
        address = new TextField(current.toString());
        address.setId("gateway-field");
        address.setPrefColumnCount(28);
        address.setAccessibleText(text("shell.connect.address"));
        address.setOnAction(_ -> connect());
        token.setId("token-field");
        token.setPrefColumnCount(18);
        token.setPromptText(text("shell.connect.token.prompt"));
        token.setAccessibleText(text("shell.connect.token"));
        token.setOnAction(_ -> connect());
        HBox row =
                new HBox(
                        8,
                        address,
                        token,
                        Nodes.button(text("shell.connect"), this::connect, "primary"));
        row.setAlignment(Pos.CENTER);
        Label kept = Nodes.label(places.tokens(), "muted", "small");
        kept.setWrapText(true);
        getChildren().addAll(row, known(places), kept, wrong);
    }

    /** The gateways that were used before, and the one that a gateway on this machine has. */
    private FlowPane known(Places places) {
        FlowPane chips = new FlowPane(8, 6);
        chips.setAlignment(Pos.CENTER);
        Stream.concat(places.gateways().stream(), Stream.of(LOCAL))
                .distinct()
                .filter(gateway -> !gateway.equals(current))
                .limit(6)
                .forEach(gateway -> {
                    String words =
                            gateway.equals(LOCAL)
                                    ? text("shell.connect.local")
                                    : String.valueOf(gateway.getAuthority());
                    chips.getChildren()
                            .add(
                                    Nodes.button(
                                            words, () -> gestures.connectTo(gateway, ""), "chip"));
                });
        chips.setManaged(!chips.getChildren().isEmpty());
        return chips;
    }

    /** Tries the same gateway again, or goes to another one or as somebody else. */
    private void connect() {
        try {
            URI uri = GatewayAddresses.parse(address.getText().strip());
            String secret = token.getText().strip();
            token.clear();
            wrong.setText("");
            if (uri.equals(current) && secret.isEmpty()) {
                gestures.reconnect();
            } else {
                gestures.connectTo(uri, secret);
            }
        } catch (IllegalArgumentException e) {
            wrong.setText(String.valueOf(e.getMessage()));
        }
    }
}
