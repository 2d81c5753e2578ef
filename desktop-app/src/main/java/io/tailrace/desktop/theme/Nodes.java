package io.tailrace.desktop.theme;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.util.List;

/** Small builders that keep the layout code readable. FX thread. */
public final class Nodes {

    private static final List<String> STATES = List.of("ok", "warn", "error", "accent");
    private static final Object FIRST = new Object(); // the key of what a pane focuses

    private Nodes() {}

    /** A label with style classes. */
    public static Label label(String text, String... classes) {
        Label label = new Label(text);
        label.getStyleClass().addAll(classes);
        return label;
    }

    /** A button that is never narrower than its words. */
    public static Button button(String text, Runnable action, String... classes) {
        Button button = new Button(text);
        button.getStyleClass().addAll(classes);
        button.setOnAction(_ -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** Takes all room that is left in a row. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /** Shows a node and gives it room only while the condition holds. */
    public static void showWhen(Node node, ObservableBooleanValue condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /** Marks a node with one state's colour and no other's; other words mean none. */
    public static void state(Node node, String state) {
        node.getStyleClass().removeAll(STATES);
        if (STATES.contains(state)) {
            node.getStyleClass().add(state);
        }
    }

    /** Whoever focuses a pane means this node inside it, wherever it stands. */
    public static void focusesFirst(Node pane, Node inside) {
        pane.getProperties().put(FIRST, inside);
    }

    /** Focuses a node, or what it wants first, or the first inside it that can have the focus. */
    public static boolean focus(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return false;
        }
        if (node.hasProperties()
                && node.getProperties().get(FIRST) instanceof Node first
                && focus(first)) {
            return true;
        }
        if (node.isFocusTraversable()) {
            node.requestFocus();
            return true;
        }
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream().anyMatch(Nodes::focus);
    }
}
