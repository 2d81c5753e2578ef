package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** The list of runs. FX thread only. */
public final class RunsPane extends BorderPane {

    private static final double ROW_PER_FONT_SIZE = 3.6; // two lines, a progress line, room around

    private final RunsModel model;
    private final ListView<RunRow> list;
    private final KeyTable keys = new KeyTable(text("workflow.keys.runs"));
    private final TextField filter = new TextField();
    private final DoubleProperty fontSize = new SimpleDoubleProperty(13);
    private boolean showing; // the selection is the model's, not the user's

    /** Shows the runs of a model and chooses among them. */
    public RunsPane(RunsModel model, Times times) {
        this.model = model;
        this.list = new ListView<>(model.rows().shown());
        getStyleClass().add("runs-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(RunsPane.class.getResource("workflow.css"))
                                .toExternalForm());
        list.getStyleClass().add("runs-list");
        list.setAccessibleText(text("workflow.runs"));
        list.setCellFactory(_ -> new RunCell(model, times));
        list.setOnMouseClicked(_ -> keep());
        list.fixedCellSizeProperty().bind(fontSize.multiply(ROW_PER_FONT_SIZE));
        list.setPlaceholder(placeholder());
        setTop(new VBox(header(), filterField(), sortButton()));
        setCenter(list);
        list.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> choose(row));
        keys.tell("↑ ↓", text("workflow.keys.run"))
                .pair("→", "←", text("workflow.keys.fold"), () -> fold(false), () -> fold(true))
                .on("N", text("workflow.keys.follow"), model::followNewest)
                .on("F", text("workflow.keys.filter"), filter::requestFocus);
        list.addEventFilter(KeyEvent.KEY_PRESSED, keys::take); // before the list takes arrows
        list.addEventHandler(KeyEvent.KEY_TYPED, keys::take);
        model.selected().subscribe(_ -> showSelection());
        model.rows().refreshing().subscribe(_ -> showSelection());
        model.rows().workspaces().subscribe(_ -> list.refresh());
    }

    /** The size of interface text, in pixels. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    private HBox header() {
        Label title = new Label(text("workflow.runs.title"));
        title.getStyleClass().add("muted");
        Label count = new Label();
        count.getStyleClass().addAll("muted", "runs-count");
        Runnable say = () -> count.setText(countText());
        model.rows().total().subscribe(_ -> say.run());
        model.rows().matching().subscribe(_ -> say.run());
        Button follow = new Button(text("workflow.runs.follow"));
        follow.getStyleClass().addAll("quiet", "runs-follow");
        follow.setAccessibleText(text("workflow.runs.follow.spoken"));
        follow.setOnAction(_ -> {
            list.requestFocus(); // the button goes away, and the next key is no text for the filter
            model.followNewest();
        });
        follow.visibleProperty().bind(model.following().not());
        follow.managedProperty().bind(follow.visibleProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(title, space, follow, count);
        header.getStyleClass().add("runs-header");
        return header;
    }

    private TextField filterField() {
        TextField field = filter;
        field.setPromptText(text("workflow.runs.filter"));
        field.setAccessibleText(text("workflow.runs.filter.spoken"));
        field.getStyleClass().add("runs-filter");
        field.textProperty().bindBidirectional(model.rows().filter());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                event.consume();
            } else if (event.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                event.consume();
            }
        });
        VBox.setMargin(field, new Insets(0, 14, 4, 14));
        return field;
    }

    private MenuButton sortButton() {
        MenuButton button = new MenuButton();
        button.getStyleClass().addAll("quiet", "runs-sort");
        button.textProperty().bind(model.rows().sort().map(RunSort::words));
        button.setAccessibleText(text("workflow.runs.sort"));
        for (RunSort sort : RunSort.values()) {
            MenuItem item = new MenuItem(sort.words());
            item.setOnAction(_ -> model.rows().sort().set(sort));
            button.getItems().add(item);
        }
        VBox.setMargin(button, new Insets(2, 14, 2, 14));
        return button;
    }

    private Label placeholder() {
        Label label = new Label();
        label.getStyleClass().addAll("muted", "runs-empty");
        label.setWrapText(true);
        Runnable say =
                () ->
                        label.setText(
                                model.rows().total().get() == 0
                                        ? text("workflow.runs.empty")
                                        : text("workflow.runs.none"));
        model.rows().total().subscribe(_ -> say.run());
        return label;
    }

    private String countText() {
        int shown = model.rows().matching().get();
        int total = model.rows().total().get();
        return shown == total
                ? Numbers.grouped(total)
                : text("workflow.runs.count", Numbers.grouped(shown), Numbers.grouped(total));
    }

    private void choose(@Nullable RunRow run) {
        if (!showing
                && !model.rows().refreshing().get()
                && run != null
                && !run.key().equals(model.selected().get())) {
            model.select(run.key());
        }
    }

    /** A click on the run that is chosen already means: stay with it. */
    private void keep() {
        RunRow run = list.getSelectionModel().getSelectedItem();
        if (run != null) {
            model.select(run.key());
        }
    }

    /** The keys of this pane. */
    public KeyTable keys() {
        return keys;
    }

    /** As in every tree: right opens, left folds or goes up. */
    private void fold(boolean left) {
        RunRow row = list.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        if (row.within() > 0 && row.open() == left) {
            model.rows().toggle(row.key());
        } else if (left && row.run().parent() != null) {
            int above = RowList.indexOf(model.rows().shown(), row.run().parent());
            if (above >= 0) {
                list.getSelectionModel().select(above);
            }
        }
    }

    private void showSelection() {
        if (model.rows().refreshing().get()) {
            return;
        }
        int index = RowList.indexOf(model.rows().shown(), model.selected().get());
        if (index == list.getSelectionModel().getSelectedIndex()) {
            return;
        }
        showing = true;
        try {
            if (index < 0) {
                list.getSelectionModel().clearSelection();
            } else {
                list.getSelectionModel().select(index);
                list.getFocusModel().focus(index);
            }
        } finally {
            showing = false;
        }
    }
}
