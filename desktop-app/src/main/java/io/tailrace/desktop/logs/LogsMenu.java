package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The rows' context menu. */
final class LogsMenu extends ContextMenu {

    private final LogsModel model;
    private final MenuItem copy = new MenuItem(text("logs.menu.copy"));
    private final MenuItem find = new MenuItem(text("logs.menu.find"));
    private final MenuItem run = new MenuItem(text("logs.menu.run"));
    private final MenuItem task = new MenuItem(text("logs.menu.task"));

    LogsMenu(LogsModel model, LogsActions does, LogsKeys.Actions actions, LogsOutput output) {
        this.model = model;
        MenuItem all =
                item(
                        text("logs.menu.copyAll"),
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
                        item(text("logs.menu.details"), actions::details),
                        run,
                        task,
                        new SeparatorMenuItem(),
                        item(text("logs.menu.highlight"), does::toggleHighlight),
                        item(text("logs.menu.mark"), does::toggleBookmark),
                        item(text("logs.menu.note"), actions::note),
                        item(text("logs.menu.fold"), does::toggleFold),
                        item(text("logs.menu.link"), output::copyLink),
                        item(text("logs.menu.saveText"), output::saveText),
                        item(text("logs.menu.saveJson"), output::saveJson));
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
