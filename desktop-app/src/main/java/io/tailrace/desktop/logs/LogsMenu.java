package io.tailrace.desktop.logs;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The rows' context menu. */
final class LogsMenu extends ContextMenu {

    private final LogsModel model;
    private final MenuItem copy = new MenuItem("Copy");
    private final MenuItem find = new MenuItem("Find this text");
    private final MenuItem run = new MenuItem("Only this run");
    private final MenuItem task = new MenuItem("Only this task");

    LogsMenu(LogsModel model, LogsActions does, LogsKeys.Actions actions, LogsOutput output) {
        this.model = model;
        MenuItem all =
                item(
                        "Copy all lines shown",
                        () -> {
                            model.screen().selectAll();
                            actions.copy();
                        });
        copy.setOnAction(e -> actions.copy());
        find.setOnAction(e -> model.find(new FindQuery(selected(), false, true)));
        run.setOnAction(e -> onlyRun());
        task.setOnAction(e -> onlyTask());
        getItems()
                .addAll(
                        copy,
                        all,
                        find,
                        new SeparatorMenuItem(),
                        item("Show details", actions::details),
                        run,
                        task,
                        new SeparatorMenuItem(),
                        item("Make the text stand out", does::toggleHighlight),
                        item("Mark the line, or not", does::toggleBookmark),
                        item("Note at the line…", actions::note),
                        item("Show all lines of the entry here, or one", does::toggleFold),
                        item("Copy a link to the line", output::copyLink),
                        item("Save the lines shown as text…", output::saveText),
                        item("Save the lines shown as JSON…", output::saveJson));
        setOnShowing(e -> enable());
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(e -> action.run());
        return item;
    }

    private void enable() {
        long line = line();
        LineSelection selection = model.screen().selection();
        copy.setDisable(line < 0);
        find.setDisable(selection == null || selection.isEmpty());
        run.setDisable(line < 0 || model.store().context(line).run() == null);
        task.setDisable(line < 0 || model.store().context(line).task() == null);
    }

    private long line() {
        LineSelection selection = model.screen().selection();
        return selection != null && model.store().holds(selection.caret().line())
                ? selection.caret().line()
                : -1;
    }

    private String selected() {
        return model.screen().copy().orElse("");
    }

    private void onlyRun() {
        if (line() >= 0) {
            model.showRun(model.store().context(line()).run());
        }
    }

    private void onlyTask() {
        if (line() >= 0) {
            LineContext context = model.store().context(line());
            model.showRun(context.run());
            model.showTask(context.task());
        }
    }
}
