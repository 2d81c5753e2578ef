package io.tailrace.desktop.shell;

import io.tailrace.desktop.theme.Nodes;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/** The one thing that floats over the window at a time; Escape or a click beside it closes it. */
final class Overlay extends StackPane {

    private final Region veil = new Region();
    private @Nullable Node before;

    Overlay() {
        setVisible(false);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        close();
                        event.consume();
                    }
                });
        veil.getStyleClass().add("veil");
        veil.setOnMousePressed(_ -> close());
    }

    /** Shows a card at a place of the window. */
    void show(Region card, Pos where, Insets distance) {
        before = isVisible() || getScene() == null ? before : getScene().getFocusOwner();
        StackPane.setAlignment(card, where);
        StackPane.setMargin(card, distance);
        getChildren().setAll(veil, card);
        setVisible(true);
        Nodes.focus(card);
    }

    /** Whether this floats, by itself or on a card. */
    boolean shows(Node node) {
        return getChildren().stream()
                .anyMatch(card -> card.equals(node) || card.equals(node.getParent()));
    }

    /** Takes away what floats and gives the focus back. */
    void close() {
        setVisible(false);
        getChildren().clear();
        if (before != null && before.getScene() != null) {
            before.requestFocus();
        }
        before = null;
    }
}
