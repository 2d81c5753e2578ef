package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.time.TimeRange;

import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What lies over the rows: what to do when there are none, or the keys. */
final class LogsCover extends StackPane {

    private final LogsModel model;
    private final VBox empty;
    private final VBox filtered;
    private final Label hidden = new Label();
    private final Button fetch = new Button(text("logs.cover.fetch"));
    private final Button times = new Button(text("logs.cover.times"));
    private final Button all = new Button(text("logs.cover.all"));

    LogsCover(LogsModel model, StringProperty gateway, TextClipboard clipboard) {
        this.model = model;
        getStyleClass().add("logs-cover");
        setPickOnBounds(false);
        empty = empty(gateway, clipboard);
        filtered = filtered();
        getChildren().addAll(empty, filtered);
        model.statusProperty().subscribe(this::show);
        model.filterProperty().subscribe(_ -> words(model.statusProperty().get()));
    }

    private static VBox empty(StringProperty gateway, TextClipboard clipboard) {
        Label title = new Label(text("logs.cover.empty"));
        title.getStyleClass().add("logs-empty-title");
        Label what = new Label(text("logs.cover.how"));
        TextField line = new TextField();
        line.setEditable(false);
        line.setPrefColumnCount(60);
        line.setAccessibleText(text("logs.cover.command.spoken"));
        line.getStyleClass().add("logs-command");
        line.textProperty().bind(gateway.map(url -> text("logs.cover.command", url)));
        HBox.setHgrow(line, Priority.ALWAYS);
        Button copy = new Button(text("logs.cover.copy"));
        copy.setOnAction(e -> clipboard.put(line.getText()));
        HBox command = new HBox(8, line, copy);
        return box(title, what, command);
    }

    private VBox filtered() {
        fetch.managedProperty().bind(fetch.visibleProperty());
        fetch.setOnAction(e -> model.history().older(model.filterProperty().get()));
        times.managedProperty().bind(times.visibleProperty());
        times.setOnAction(e -> model.show(model.filterProperty().get().withTime(TimeRange.ALL)));
        all.managedProperty().bind(all.visibleProperty());
        all.visibleProperty().bind(times.visibleProperty().not()); // first the span alone
        all.setOnAction(e -> model.show(LineFilter.all()));
        HBox buttons = new HBox(8, fetch, times, all);
        buttons.setAlignment(Pos.CENTER);
        return box(hidden, buttons);
    }

    private static VBox box(Node... nodes) {
        VBox box = new VBox(12, nodes);
        box.getStyleClass().add("logs-empty");
        box.setAlignment(Pos.CENTER);
        box.setMaxSize(760, USE_PREF_SIZE);
        return box;
    }

    private void show(LogsStatus status) {
        empty.setVisible(status.held() == 0 && status.gone() == 0);
        filtered.setVisible(status.held() > 0 && status.shown() == 0 && !model.view().busy());
        words(status);
    }

    private void words(LogsStatus status) {
        TimeRange span = model.filterProperty().get().time();
        times.setVisible(!span.isAll());
        HistoryState older = status.older();
        fetch.setVisible(
                older.phase() == HistoryState.Phase.OFFERED
                        || older.phase() == HistoryState.Phase.FAILED);
        if (filtered.isVisible()) {
            hidden.setText(none(status.held(), span, older));
        }
    }

    private static String none(long held, TimeRange span, HistoryState older) {
        String none =
                span.isAll()
                        ? count("logs.cover.none", held)
                        : text("logs.cover.span", LogsFilterBar.words(span));
        return switch (older.phase()) {
            case NONE, OFFERED -> none;
            case FETCHING -> text("logs.cover.fetching", Numbers.grouped(older.fetched()));
            case FAILED -> text("logs.cover.failed", none, older.sentence());
        };
    }
}
