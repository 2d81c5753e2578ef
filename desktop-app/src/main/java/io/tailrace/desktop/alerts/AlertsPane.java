package io.tailrace.desktop.alerts;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;

import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

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
    private final SharedTime shared;
    private final FilteredList<AlertRow> shown;
    private final ListView<AlertRow> list;
    private final KeyTable keys = new KeyTable(text("alerts.keys.title"));

    /**
     * Shows the rows of a model.
     *
     * @param shared the time line of all panes: only what happened in its span is shown
     * @param openEntry opens an entry in the log
     * @param selectRun chooses a run
     */
    public AlertsPane(
            AlertsModel model,
            Times times,
            InstantSource clock,
            SharedTime shared,
            Consumer<Cursor> openEntry,
            Consumer<RunKey> selectRun) {
        this.model = model;
        this.shared = shared;
        this.openEntry = openEntry;
        this.selectRun = selectRun;
        this.shown = new FilteredList<>(model.rows());
        this.list = new ListView<>(shown);
        getStyleClass().add("alerts-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(AlertsPane.class.getResource("alerts.css"))
                                .toExternalForm());
        list.getStyleClass().add("alerts-list");
        list.setAccessibleText(text("alerts.title"));
        list.setCellFactory(_ -> new AlertCell(model, times, clock, this::open));
        keys.on("Enter", text("alerts.keys.open"), () -> withChosen(this::open))
                .on("A", text("alerts.keys.acknowledge"), () -> withChosen(model::acknowledge))
                .on("S", text("alerts.keys.snooze"), () -> withChosen(this::snooze))
                .on("Shift+A", text("alerts.keys.seen"), model::markAllSeen);
        keys.listen(list);
        model.unseen().subscribe(_ -> list.refresh()); // what is snoozed looks other
        Label empty = new Label();
        model.rows().subscribe(() -> empty.setText(none()));
        empty.setText(none());
        empty.getStyleClass().addAll("muted", "alerts-empty");
        empty.setWrapText(true);
        list.setPlaceholder(empty);
        shared.range().subscribe(this::narrow);
        setTop(new VBox(header(), span()));
        setCenter(list);
    }

    private String none() {
        return model.rows().isEmpty() ? text("alerts.empty") : text("alerts.empty.span");
    }

    private void narrow(@Nullable TimeRange range) {
        shown.setPredicate(range == null ? _ -> true : row -> range.contains(row.at()));
    }

    /** Says that not all are shown, and why; a click shows all again. */
    private Button span() {
        Button span = new Button();
        span.getStyleClass().addAll("quiet", "alerts-span");
        span.setOnAction(_ -> shared.range().set(null));
        Runnable say =
                () -> {
                    int hidden = model.rows().size() - shown.size();
                    span.setText(count("alerts.outside", hidden));
                    span.setVisible(hidden > 0);
                    span.setManaged(hidden > 0);
                };
        span.setAccessibleHelp(text("alerts.outside.help"));
        shown.addListener((ListChangeListener<AlertRow>) _ -> say.run());
        model.rows().addListener((ListChangeListener<AlertRow>) _ -> say.run());
        say.run();
        return span;
    }

    private HBox header() {
        Label count = new Label();
        count.getStyleClass().addAll("muted", "small");
        Button all = new Button(text("alerts.markAllSeen"));
        all.getStyleClass().addAll("quiet", "alerts-seen");
        all.setOnAction(_ -> model.markAllSeen());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(count, space, all);
        header.getStyleClass().add("alerts-header");
        model.unseen()
                .subscribe(unseen -> {
                    count.setText(text("alerts.unseen", Numbers.grouped(unseen.longValue())));
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
