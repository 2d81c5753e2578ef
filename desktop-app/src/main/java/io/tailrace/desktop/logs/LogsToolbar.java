package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.util.Arrays;
import java.util.List;

/** Which lines are shown, as chips, and what is being found. */
final class LogsToolbar extends HBox {

    private final LogsModel model;
    private final Runnable back;
    private final MenuButton level = new MenuButton();
    private final Button run = chip(text("logs.run.all"));
    private final Button task = chip(text("logs.task.all"));
    private final LogsFilterBar more;
    private final TextField field = new TextField();
    private final Label count = new Label();
    private final ToggleButton matchCase = toggle("Aa", text("logs.find.case"));
    private final ToggleButton regex = toggle(".*", text("logs.find.regex"));

    /**
     * Shows the model's filter and find.
     *
     * @param back gives the focus back to the rows
     */
    LogsToolbar(LogsModel model, LogsActions does, Runnable back) {
        this.model = model;
        this.more = new LogsFilterBar(model, does, back);
        this.back = back;
        getStyleClass().add("logs-toolbar");
        setAlignment(Pos.CENTER_LEFT);
        run.setOnAction(e -> model.showRun(null));
        task.setOnAction(e -> model.showTask(null));
        Region space = new Region();
        setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(levels(), run, task, more, space, findBox());
        model.filterProperty().subscribe(this::showFilter);
        model.queryProperty().subscribe(this::showQuery);
        model.statusProperty().subscribe(this::showStatus);
    }

    private MenuButton levels() {
        ToggleGroup group = new ToggleGroup();
        List<Level> gravest = Arrays.asList(Level.values()).reversed();
        for (Level one : gravest) {
            RadioMenuItem item = new RadioMenuItem(title(one));
            item.setToggleGroup(group);
            item.setOnAction(e -> model.showLevel(one));
            model.filterProperty().subscribe(f -> item.setSelected(f.level() == one));
            level.getItems().add(item);
        }
        level.getStyleClass().add("logs-chip");
        level.setFocusTraversable(false);
        level.setMinWidth(Region.USE_PREF_SIZE);
        level.setAccessibleText(text("logs.level.spoken"));
        return level;
    }

    private static String title(Level level) {
        return switch (level) {
            case TRACE -> text("logs.level.everything");
            case DEBUG, INFO, WARN -> text("logs.level.up", level);
            case ERROR -> text("logs.level.only", level);
        };
    }

    static Button chip(String does) {
        Button chip = new Button();
        chip.setMnemonicParsing(false); // names have underscores
        chip.getStyleClass().add("logs-chip");
        chip.setFocusTraversable(false);
        chip.setMinWidth(Region.USE_PREF_SIZE); // the × must stay in sight
        chip.setTooltip(new Tooltip(does));
        chip.managedProperty().bind(chip.visibleProperty());
        return chip;
    }

    /** What stands over a panel: its title, and a button that closes it. */
    static HBox heading(Label title, String closing, Runnable close) {
        Button hide = small("×", closing);
        hide.setOnAction(_ -> close.run());
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox top = new HBox(title, hide);
        top.getStyleClass().add("logs-detail-title");
        top.setAlignment(Pos.CENTER_LEFT);
        return top;
    }

    /** A button with a sign. */
    static Button small(String sign, String does) {
        Button button = new Button(sign);
        button.getStyleClass().add("logs-toggle");
        button.setFocusTraversable(false);
        button.setTooltip(new Tooltip(does));
        button.setAccessibleText(does);
        return button;
    }

    private static ToggleButton toggle(String sign, String does) {
        ToggleButton toggle = new ToggleButton(sign);
        toggle.getStyleClass().add("logs-toggle");
        toggle.setFocusTraversable(false);
        toggle.setTooltip(new Tooltip(does));
        toggle.setAccessibleText(does);
        return toggle;
    }

    private HBox findBox() {
        field.setPromptText(text("logs.find"));
        field.setAccessibleText(text("logs.find.spoken"));
        field.getStyleClass().add("logs-find-field");
        field.textProperty().subscribe(_ -> find());
        matchCase.setOnAction(e -> find());
        regex.setOnAction(e -> find());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        count.getStyleClass().add("logs-find-count");
        count.setMinWidth(Region.USE_PREF_SIZE);
        setHgrow(field, Priority.ALWAYS);
        HBox box = new HBox(field, count, matchCase, regex, step("↑", false), step("↓", true));
        box.getStyleClass().add("logs-find");
        box.setAlignment(Pos.CENTER_LEFT);
        field.focusedProperty()
                .subscribe(
                        focused -> box.pseudoClassStateChanged(LogsPane.FOCUSED_WITHIN, focused));
        return box;
    }

    private Button step(String arrow, boolean forward) {
        Button step = small(arrow, forward ? text("logs.find.next") : text("logs.find.previous"));
        step.setOnAction(e -> model.findNext(forward));
        return step;
    }

    private void key(KeyEvent event) {
        boolean again = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.F3;
        if (again) {
            model.findNext(!event.isShiftDown());
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.DOWN) {
            back.run();
            event.consume();
        }
    }

    private void find() {
        String text = field.getText() == null ? "" : field.getText();
        model.find(new FindQuery(text, regex.isSelected(), matchCase.isSelected()));
        if (LineLink.parse(text.strip()).isPresent()) {
            field.clear(); // it was opened, not sought
        }
    }

    /** Goes to the find field. */
    void focusFind() {
        field.requestFocus();
        field.selectAll();
    }

    /** Goes to the field for one more condition. */
    void focusFilter() {
        more.open();
    }

    private void showFilter(LineFilter filter) {
        level.setText(text("logs.level", title(filter.level())));
        RunKey chosen = filter.run();
        run.setVisible(chosen != null);
        run.setText(chosen == null ? "" : text("logs.run", shortened(chosen.run())) + "  ×");
        String part = filter.task();
        task.setVisible(part != null);
        task.setText(part == null ? "" : text("logs.task", shortened(part)) + "  ×");
    }

    static String shortened(String name) {
        return name.length() <= 28
                ? name
                : name.substring(0, 12) + "…" + name.substring(name.length() - 12);
    }

    private void showQuery(FindQuery query) {
        if (!query.text().equals(field.getText())) {
            field.setText(query.text());
        }
        regex.setSelected(query.regex());
        matchCase.setSelected(query.matchCase());
    }

    private void showStatus(LogsStatus status) {
        boolean none = model.queryProperty().get().isEmpty();
        String total = Numbers.grouped(status.matches()) + (status.searching() ? "+" : "");
        String words =
                status.match() == 0
                        ? total
                        : text("logs.find.count", Numbers.grouped(status.match()), total);
        count.setText(none ? "" : words);
    }
}
