package io.tailrace.desktop.alerts;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The list of failures and alerts. A click or Enter opens the evidence, chooses the run and
 * acknowledges the row. FX thread only.
 */
public final class AlertsPane extends BorderPane {

    private final AlertsModel model;
    private final Consumer<Cursor> openEntry;
    private final Consumer<RunKey> selectRun;
    private final ListView<AlertRow> list;
    private final KeyTable keys = new KeyTable("In the alerts");

    /**
     * Shows the rows of a model.
     *
     * @param openEntry opens an entry in the log
     * @param selectRun chooses a run
     */
    public AlertsPane(
            AlertsModel model,
            Times times,
            InstantSource clock,
            Consumer<Cursor> openEntry,
            Consumer<RunKey> selectRun) {
        this.model = model;
        this.openEntry = openEntry;
        this.selectRun = selectRun;
        this.list = new ListView<>(model.rows());
        getStyleClass().add("alerts-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(AlertsPane.class.getResource("alerts.css"))
                                .toExternalForm());
        list.getStyleClass().add("alerts-list");
        list.setAccessibleText("Alerts");
        list.setCellFactory(_ -> new AlertCell(model, times, clock, this::open));
        keys.on("Enter", "open what it is about", () -> withChosen(this::open))
                .on("A", "acknowledge", () -> withChosen(model::acknowledge))
                .on("S", "snooze the workflow for an hour", () -> withChosen(this::snooze))
                .on("Shift+A", "mark all seen", model::markAllSeen);
        list.setOnKeyPressed(keys::take);
        model.unseen().subscribe(_ -> list.refresh()); // what is snoozed looks other
        Label empty = new Label("Nothing failed so far. Failures and alerts appear here.");
        empty.getStyleClass().addAll("muted", "alerts-empty");
        empty.setWrapText(true);
        list.setPlaceholder(empty);
        setTop(header());
        setCenter(list);
    }

    private HBox header() {
        Label count = new Label();
        count.getStyleClass().addAll("muted", "small");
        Button all = new Button("Mark all seen");
        all.getStyleClass().addAll("quiet", "alerts-seen");
        all.setOnAction(_ -> model.markAllSeen());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(count, space, all);
        header.getStyleClass().add("alerts-header");
        model.unseen()
                .subscribe(unseen -> {
                    count.setText(Numbers.grouped(unseen.longValue()) + " new");
                    boolean some = unseen.intValue() > 0;
                    header.setVisible(some);
                    header.setManaged(some);
                });
        return header;
    }

    /** The keys of this pane. */
    public KeyTable keys() {
        return keys;
    }

    private void withChosen(Consumer<AlertRow> action) {
        AlertRow row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            action.accept(row);
        }
    }

    private void snooze(AlertRow row) {
        model.snooze(row, Duration.ofHours(1));
        list.refresh();
    }

    /** Opens what a row is about, and acknowledges it. */
    public void open(@Nullable AlertRow row) {
        if (row == null) {
            return;
        }
        model.acknowledge(row);
        if (row.run() != null) {
            selectRun.accept(row.run());
        }
        openEntry.accept(row.about());
    }
}
