package io.tailrace.desktop.alerts;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Times;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A row of the list of alerts: triangle, where, when, the sentence. */
final class AlertCell extends ListCell<AlertRow> {

    private final AlertsModel model;
    private final Times times;
    private final InstantSource clock;
    private final Consumer<AlertRow> open;
    private final Polygon triangle = new Polygon(0, 9, 5, 0, 10, 9);
    private final Label where = new Label();
    private final Label when = new Label();
    private final Label sentence = new Label();
    private final Tooltip tooltip = new Tooltip();
    private final HBox row;

    AlertCell(AlertsModel model, Times times, InstantSource clock, Consumer<AlertRow> open) {
        this.model = model;
        this.times = times;
        this.clock = clock;
        this.open = open;
        getStyleClass().add("alerts-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        triangle.getStyleClass().add("alerts-triangle");
        where.getStyleClass().add("alerts-where");
        when.getStyleClass().addAll("muted", "small");
        when.setMinWidth(USE_PREF_SIZE);
        sentence.getStyleClass().addAll("small", "alerts-sentence");
        sentence.setWrapText(true);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox first = new HBox(8, where, space, when);
        first.setAlignment(Pos.BASELINE_LEFT);
        VBox lines = new VBox(2, first, sentence);
        HBox.setHgrow(lines, Priority.ALWAYS);
        row = new HBox(triangle, lines);
        row.getStyleClass().add("alerts-row");
        row.setMinWidth(0);
        setPrefWidth(0);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(600);
        setOnMouseClicked(event -> {
            AlertRow item = getItem();
            if (item != null && event.getButton() == MouseButton.PRIMARY) {
                open.accept(item);
            }
        });
    }

    @Override
    protected void updateItem(AlertRow item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        Instant now = clock.instant();
        String tone = item.severity().tone().styleClass();
        triangle.getStyleClass().setAll("alerts-triangle", tone);
        where.setText(item.where().isEmpty() ? item.severity().word() : item.where());
        where.getStyleClass().setAll("label", "alerts-where", item.unseen() ? "strong" : "text");
        when.setText(times.whenExactly(item.at(), now));
        Instant asleep = model.snoozedUntil(item);
        if (asleep.isAfter(now)) {
            when.setText(text("alerts.snoozedUntil", times.minute(asleep)));
        }
        setContextMenu(menu(item, asleep.isAfter(now)));
        boolean retried = item.severity() == Severity.RETRIED;
        sentence.setText(retried ? text("alerts.retried", item.brief()) : item.brief());
        sentence.setWrapText(!retried); // one line: there is nothing to do about it
        boolean quiet = retried || item.seen() || asleep.isAfter(now);
        sentence.getStyleClass()
                .setAll("label", "small", "alerts-sentence", quiet ? "muted" : "text");
        tooltip.setText(times.exact(item.at()) + "\n" + item.where() + "\n" + item.sentence());
        setTooltip(tooltip);
        setAccessibleText(
                text("alerts.read", item.severity().word(), item.where(), item.sentence()));
        setGraphic(row);
    }

    private ContextMenu menu(AlertRow item, boolean asleep) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().add(entry(text("alerts.open"), () -> open.accept(item)));
        if (!item.seen()) {
            menu.getItems().add(entry(text("alerts.acknowledge"), () -> model.acknowledge(item)));
        }
        if (asleep) {
            menu.getItems().add(entry(text("alerts.wake"), () -> model.wake(item)));
        } else {
            menu.getItems().add(snooze(text("alerts.snooze.15m"), item, 15));
            menu.getItems().add(snooze(text("alerts.snooze.1h"), item, 60));
            menu.getItems().add(snooze(text("alerts.snooze.8h"), item, 480));
        }
        return menu;
    }

    private MenuItem snooze(String words, AlertRow item, long minutes) {
        return entry(words, () -> model.snooze(item, Duration.ofMinutes(minutes)));
    }

    private static MenuItem entry(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
