package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.time.TimeRange;

import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The filter's further conditions as chips, and a field to add one. FX thread. */
final class LogsFilterBar extends HBox {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final LogsModel model;
    private final LogsActions does;
    private final HBox chips = new HBox();
    private final Button add = LogsToolbar.chip(text("logs.filter.add.help"));
    private final ContextMenu menu = new ContextMenu();
    private final TextField field = new TextField();
    private final Label problem = new Label();

    LogsFilterBar(LogsModel model, LogsActions does, Runnable back) {
        this.model = model;
        this.does = does;
        getStyleClass().add("logs-filter-bar");
        chips.getStyleClass().add("logs-filter-bar");
        chips.setAlignment(Pos.CENTER_LEFT);
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(Region.USE_PREF_SIZE);
        add.setText(text("logs.filter.add"));
        add.setOnAction(e -> open());
        getChildren().addAll(chips, add);
        field.setPromptText(FilterWords.HINT);
        field.setAccessibleText(text("logs.filter.field"));
        field.setPrefColumnCount(44);
        field.setOnAction(e -> take());
        problem.getStyleClass().add("logs-notice");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        menu.getStyleClass().add("logs-filter-menu");
        menu.setOnHidden(e -> back.run());
        model.filterProperty().subscribe(this::show);
    }

    /** Asks for one more condition. */
    void open() {
        problem.setText("");
        field.clear();
        menu.getItems().setAll(items());
        menu.show(add, Side.BOTTOM, 0, 4);
        field.requestFocus();
    }

    private List<MenuItem> items() {
        LineFilter now = model.filterProperty().get();
        List<MenuItem> items = new ArrayList<>();
        CustomMenuItem asked = new CustomMenuItem(new VBox(4, field, problem), false);
        asked.getStyleClass().add("logs-filter-field");
        items.add(asked);
        items.add(new SeparatorMenuItem());
        CheckMenuItem facts = new CheckMenuItem(text("logs.filter.facts"));
        facts.setSelected(now.facts());
        facts.setOnAction(e -> does.toggleFacts());
        CheckMenuItem loose = new CheckMenuItem(text("logs.filter.loose"));
        loose.setSelected(now.loose());
        loose.setOnAction(e -> model.show(now.withLoose(!now.loose())));
        items.addAll(List.of(facts, loose, new SeparatorMenuItem()));
        model.notes()
                .filters()
                .all()
                .forEach((name, filter) ->
                        items.add(
                                item(
                                        name,
                                        () ->
                                                model.show(
                                                        filter.withRun(now.run())
                                                                .withTask(now.task())))));
        items.add(item(text("logs.filter.keep"), this::keep));
        items.add(item(text("logs.filter.clear"), () -> model.show(LineFilter.all())));
        return items;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }

    private void take() {
        Optional<LineFilter> wanted =
                FilterWords.with(
                        model.filterProperty().get(),
                        field.getText(),
                        Instant.now(),
                        ZoneId.systemDefault());
        if (wanted.isPresent()) {
            menu.hide();
            model.show(wanted.get());
        } else if (!field.getText().isBlank()) {
            problem.setText(text("logs.filter.problem", FilterWords.HINT));
        }
    }

    private void keep() {
        String name = field.getText().strip();
        if (name.isEmpty()) {
            model.acted(text("logs.filter.nameless"));
        } else {
            model.notes().filters().put(name, model.filterProperty().get());
            model.acted(text("logs.filter.kept", name));
        }
    }

    private void show(LineFilter filter) {
        List<Node> all = new ArrayList<>();
        LineScope scope = filter.scope();
        if (scope.workspace() != null) {
            all.add(chip(text("logs.workspace", scope.workspace()), scope.withWorkspace(null)));
        }
        if (scope.workflow() != null) {
            all.add(chip(text("logs.workflow", scope.workflow()), scope.withWorkflow(null)));
        }
        if (scope.attempt() != null) {
            all.add(chip(text("logs.attempt", scope.attempt()), scope.withAttempt(null)));
        }
        if (scope.source() != null) {
            all.add(chip(text("logs.source", scope.source()), scope.withSource(null)));
        }
        if (!filter.time().isAll()) {
            all.add(chip(words(filter.time()), () -> model.show(filter.withTime(TimeRange.ALL))));
        }
        for (TextCondition one : filter.texts()) {
            all.add(chip(one.words(), () -> model.show(filter.without(one))));
        }
        if (filter.around() > 0 && !filter.texts().isEmpty()) {
            all.add(
                    chip(
                            text("logs.around", filter.around()),
                            () -> model.show(filter.withAround(0))));
        }
        chips.getChildren().setAll(all);
    }

    private Button chip(String words, LineScope without) {
        return chip(words, () -> model.show(model.filterProperty().get().withScope(without)));
    }

    private static Button chip(String words, Runnable without) {
        Button chip = LogsToolbar.chip(text("logs.filter.remove", words));
        chip.setText(LogsToolbar.shortened(words) + "  ×");
        chip.setOnAction(e -> without.run());
        return chip;
    }

    /** A span in words, with open ends perhaps. */
    static String words(TimeRange range) {
        String from =
                range.from() == Long.MIN_VALUE
                        ? text("logs.filter.start")
                        : TIME.format(Instant.ofEpochMilli(range.from()));
        String to =
                range.to() == Long.MAX_VALUE
                        ? text("logs.filter.now")
                        : TIME.format(Instant.ofEpochMilli(range.to()));
        return text("logs.filter.span", from, to);
    }
}
