package io.tailrace.desktop.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.net.URI;

/** Asks for a gateway's address and for a token. */
final class ConnectForm extends VBox {

    private final URI current;
    private final Gestures gestures;
    private final TextField address;
    private final PasswordField token = new PasswordField();
    private final Label wrong = Nodes.label("", "error", "small");

    /**
     * A form.
     *
     * @param current the gateway that is shown now
     */
    ConnectForm(URI current, Gestures gestures) {
        super(8);
        this.current = current;
        this.gestures = gestures;
        setAlignment(Pos.CENTER);
        address = new TextField(current.toString());
        address.setId("gateway-field");
        address.setPrefColumnCount(28);
        address.setAccessibleText("The gateway's address");
        address.setOnAction(_ -> connect());
        token.setId("token-field");
        token.setPrefColumnCount(18);
        token.setPromptText("token, if it wants one");
        token.setAccessibleText("The token for the gateway");
        token.setOnAction(_ -> connect());
        HBox row =
                new HBox(8, address, token, Nodes.button("Connect now", this::connect, "primary"));
        row.setAlignment(Pos.CENTER);
        Label kept =
                Nodes.label(
                        "A token is kept for the next start, unencrypted, in a file that only you"
                                + " can read.",
                        "muted",
                        "small");
        getChildren().addAll(row, kept, wrong);
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
