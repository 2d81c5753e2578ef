package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * One field that finds every command, run, task, measure and alert by its words, finds text in the
 * log, and asks the chat.
 */
final class CommandPalette extends VBox {

    private static final double WIDTH = 640;
    private static final double ROW = 30;
    private static final int MAX_ROWS = 12;

    private final List<Action> actions;
    private final Gestures gestures;
    private final Consumer<Action> chosen;
    private final TextField field = new TextField();
    private final ObservableList<Action> shown = FXCollections.observableArrayList();
    private final ListView<Action> list = new ListView<>(shown);

    /**
     * A palette with an empty field.
     *
     * @param chosen closes the palette and does what was chosen
     */
    CommandPalette(List<Action> actions, Gestures gestures, Consumer<Action> chosen) {
        this.actions = actions;
        this.gestures = gestures;
        this.chosen = chosen;
        getStyleClass().add("sheet-card");
        setMaxSize(WIDTH, USE_PREF_SIZE);
        field.setId("palette-field");
        field.setPromptText(text("shell.palette.prompt"));
        field.setAccessibleText(text("shell.search"));
        list.setId("palette-list");
        list.setFocusTraversable(false);
        list.setAccessibleText(text("shell.palette.found"));
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(action -> field.setAccessibleHelp(action == null ? "" : action.title()));
        list.setFixedCellSize(ROW);
        list.setCellFactory(_ -> new Row());
        list.setOnMouseClicked(_ -> run());
        field.textProperty().subscribe(this::search);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyed);
        getChildren().addAll(field, list);
    }

    private void search(String typed) {
        String text = typed.strip();
        shown.setAll(actions.stream().filter(action -> action.matches(text)).toList());
        if (!text.isEmpty()) {
            gestures.search(text)
                    .forEach(found ->
                            shown.add(new Action(found.title(), found.kind(), found.open())));
            shown.add(
                    new Action(
                            text("shell.palette.find", text), "", () -> gestures.findInLog(text)));
            shown.add(new Action(text("shell.palette.ask", text), "", () -> gestures.ask(text)));
        }
        list.setPrefHeight(Math.min(MAX_ROWS, shown.size()) * ROW + 2);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private void keyed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            run();
        } else if (event.getCode() == KeyCode.DOWN) {
            move(1);
        } else if (event.getCode() == KeyCode.UP) {
            move(-1);
        } else {
            return;
        }
        event.consume();
    }

    private void move(int by) {
        int next = list.getSelectionModel().getSelectedIndex() + by;
        if (next >= 0 && next < shown.size()) {
            list.getSelectionModel().select(next);
            list.scrollTo(Math.max(0, next - MAX_ROWS + 1));
        }
    }

    private void run() {
        Action action = list.getSelectionModel().getSelectedItem();
        if (action != null) {
            chosen.accept(action);
        }
    }

    private static final class Row extends ListCell<Action> {

        private final Label title = new Label();
        private final Label keys = Nodes.label("", "muted", "small");
        private final HBox box = new HBox(12, title, Nodes.spacer(), keys);

        Row() {
            title.setMinWidth(0);
            keys.setMinWidth(USE_PREF_SIZE);
            box.setPrefWidth(0); // as wide as the list: long titles are cut
        }

        @Override
        protected void updateItem(@Nullable Action action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
            } else {
                title.setText(action.title());
                keys.setText(action.keys());
                setGraphic(box);
            }
        }
    }
}
