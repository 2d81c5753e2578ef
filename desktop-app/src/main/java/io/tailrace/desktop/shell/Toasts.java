package io.tailrace.desktop.shell;

import io.tailrace.desktop.theme.Nodes;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Small cards under the header, at the right, where they cover no last line; each leaves by itself
 * and opens what it is about at a click.
 */
public final class Toasts extends VBox {

    private static final int MOST = 3;
    private static final double WIDTH = 340;
    private static final Duration STAYS = Duration.seconds(9);

    Toasts() {
        super(8);
        getStyleClass().add("toasts");
        setMaxSize(WIDTH, USE_PREF_SIZE);
        setPickOnBounds(false);
        StackPane.setAlignment(this, Pos.TOP_RIGHT);
    }

    /**
     * Shows one; the oldest gives way.
     *
     * @param tone the style class of its colour
     * @param open opens what it is about
     */
    public void show(String title, String text, String tone, Runnable open) {
        Label head = Nodes.label(title, "strong", tone);
        HBox.setHgrow(head, Priority.ALWAYS);
        head.setMaxWidth(Double.MAX_VALUE);
        Label words = Nodes.label(text, "small");
        words.setWrapText(true);
        words.setMaxHeight(60);
        VBox card = new VBox(3);
        card.getStyleClass().addAll("toast", tone);
        card.getChildren()
                .addAll(
                        new HBox(
                                8,
                                head,
                                Nodes.button("×", () -> getChildren().remove(card), "quiet")),
                        words);
        card.setAccessibleRole(AccessibleRole.BUTTON);
        card.setAccessibleText(title + ", " + text);
        card.setOnMouseClicked(_ -> {
            getChildren().remove(card);
            open.run();
        });
        card.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().add(card);
        while (getChildren().size() > MOST) {
            getChildren().removeFirst();
        }
        PauseTransition leave = new PauseTransition(STAYS);
        leave.setOnFinished(_ -> getChildren().remove(card));
        leave.play();
    }
}
