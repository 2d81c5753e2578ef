package io.tailrace.desktop.shell;

import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.List;

/** Every key, on one card. */
final class HelpSheet extends VBox {

    private static final List<List<String>> LOG_KEYS =
            List.of(
                    List.of("F", "follow the newest lines"),
                    List.of("/", "find in the log"),
                    List.of("N, Shift+N", "next, previous match"),
                    List.of("E, Shift+E", "next, previous error"),
                    List.of("Ctrl+C", "copy the chosen lines"));

    HelpSheet(List<Action> actions, Runnable close) {
        getStyleClass().add("sheet-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        GridPane grid = new GridPane(24, 6);
        int row = 0;
        for (Action action : actions) {
            if (!action.keys().isEmpty()) {
                grid.addRow(row++, Nodes.label(action.keys(), "key"), Nodes.label(action.title()));
            }
        }
        grid.add(Nodes.label("In the log", "muted"), 0, row++, 2, 1);
        for (List<String> key : LOG_KEYS) {
            grid.addRow(row++, Nodes.label(key.get(0), "key"), Nodes.label(key.get(1)));
        }
        getChildren().addAll(Nodes.label("Keys", "heading"), grid, Nodes.button("Close", close));
    }
}
