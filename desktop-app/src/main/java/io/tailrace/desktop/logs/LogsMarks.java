package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.Cursor;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.OptionalLong;

/** All marked lines with their notes: to go to, to change, to take away. FX thread. */
final class LogsMarks extends BorderPane {

    private static final double ROW_PER_FONT_SIZE = 2.3;
    private static final double NOTE = 0.4; // of the width

    private final LogsModel model;
    private final ListView<Cursor> list = new ListView<>();
    private final Label title = new Label();
    private @Nullable Cursor toWrite; // whose note gets the focus as soon as it is there

    /**
     * Shows the marks of a model.
     *
     * @param close hides them
     */
    LogsMarks(LogsModel model, Runnable close) {
        this.model = model;
        getStyleClass().addAll("logs-detail", "logs-marks");
        setTop(LogsToolbar.heading(title, Texts.text("logs.marks.close"), close));
        setCenter(list);
        setMinHeight(80);
        model.notes()
                .bookmarks()
                .onMarks(() -> {
                    if (getScene() != null) {
                        show();
                    }
                });
        fontSize(Theme.NORMAL_SIZE);
        list.setAccessibleText(Texts.text("logs.marks"));
        list.setCellFactory(_ -> new Mark());
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                go(list.getSelectionModel().getSelectedItem());
                e.consume();
            } else if (e.getCode() == KeyCode.DELETE) {
                remove(list.getSelectionModel().getSelectedItem());
                e.consume();
            }
        });
    }

    /** Takes the size of interface text, in pixels: rows grow with it. */
    void fontSize(double size) {
        list.setFixedCellSize((double) Math.round(size * ROW_PER_FONT_SIZE));
    }

    /** Shows the marks as they are now. */
    void show() {
        list.getItems()
                .setAll(
                        model.notes().bookmarks().all().keySet().stream()
                                .sorted(
                                        Comparator.comparing(Cursor::epoch)
                                                .thenComparingLong(Cursor::position))
                                .toList());
        int count = list.getItems().size();
        title.setText(
                count == 0
                        ? Texts.text("logs.marks.none")
                        : Texts.count("logs.marks.title", count));
    }

    /** Shows them, and asks for the note of one. */
    void write(Cursor line) {
        toWrite = line;
        show();
        list.getSelectionModel().select(line);
        list.scrollTo(line);
        list.refresh();
    }

    private void go(@Nullable Cursor line) {
        if (line != null && !model.open(line)) {
            model.acted(Texts.text("logs.marks.far"));
        }
    }

    private void remove(@Nullable Cursor line) {
        if (line != null) {
            model.notes().bookmarks().remove(line);
            model.touch();
            show();
        }
    }

    /** How many are shown, for tests. */
    int shown() {
        return list.getItems().size();
    }

    private final class Mark extends ListCell<Cursor> {

        private final Label text = new Label();
        private final TextField note = new TextField();
        private final Button remove = LogsToolbar.small("×", Texts.text("logs.marks.remove"));
        private final HBox row = new HBox(8, text, note, remove);

        Mark() {
            row.setAlignment(Pos.CENTER_LEFT);
            text.setMinWidth(0);
            text.setPrefWidth(100);
            text.setMaxWidth(Double.MAX_VALUE);
            text.setTextOverrun(OverrunStyle.ELLIPSIS);
            HBox.setHgrow(text, Priority.ALWAYS);
            note.setPromptText(Texts.text("logs.marks.note"));
            note.prefWidthProperty().bind(list.widthProperty().multiply(NOTE));
            note.setMinWidth(Region.USE_PREF_SIZE);
            note.setAccessibleText(Texts.text("logs.marks.note.spoken"));
            note.setOnAction(e -> {
                keep();
                list.requestFocus();
            });
            note.focusedProperty()
                    .addListener((o, was, is) -> {
                        if (!is) {
                            keep();
                        }
                    });
            remove.setOnAction(e -> remove(getItem()));
            text.setOnMouseClicked(e -> go(getItem()));
        }

        private void keep() {
            Cursor line = getItem();
            if (line == null) {
                return;
            }
            boolean marked = model.notes().bookmarks().note(line).isPresent();
            if (marked || !note.getText().isBlank()) { // a note is not dropped with its mark
                model.notes().bookmarks().put(line, note.getText());
            }
        }

        @Override
        protected void updateItem(@Nullable Cursor line, boolean empty) {
            super.updateItem(line, empty);
            if (empty || line == null) {
                setGraphic(null);
                return;
            }
            OptionalLong there = model.store().find(line);
            String said =
                    there.isPresent()
                            ? LogLine.read(model.store(), there.getAsLong()).row()
                            : Texts.text("logs.marks.gone");
            text.setText("%,d   %s".formatted(line.position(), said));
            note.setText(model.notes().bookmarks().note(line).orElse(""));
            setGraphic(row);
            requestLayout();
        }

        /** Only what stands in the window can get the focus. */
        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            Cursor line = getItem();
            if (line != null && line.equals(toWrite)) {
                toWrite = null;
                note.requestFocus();
                note.end();
            }
        }
    }
}
