package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;

import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A text that can be read, selected and copied, and a button to be done with it. */
final class TextCard extends VBox {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 420;

    TextCard(String title, String text, Runnable close) {
        getStyleClass().add("sheet-card");
        setMaxSize(WIDTH, HEIGHT);
        TextArea area = new TextArea(text);
        area.setEditable(false);
        area.getStyleClass().add("mono");
        VBox.setVgrow(area, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.label(title, "heading"),
                        area,
                        Nodes.button(text("shell.close"), close));
    }
}
