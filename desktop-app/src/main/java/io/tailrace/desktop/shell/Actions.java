package io.tailrace.desktop.shell;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.theme.Theme;

import java.util.List;
import java.util.function.IntConsumer;

/** Every command of the window: the palette and the help sheet list them, the keys run them. */
final class Actions {

    /**
     * What floats over the window.
     *
     * @param palette opens the palette
     * @param connect asks for a gateway and a token
     * @param help opens the help sheet
     * @param details opens what is known about the connection
     * @param letters opens what the gateway could not understand
     * @param channels asks what to receive
     * @param incident asks for a note and saves
     */
    record Sheets(
            Runnable palette,
            Runnable connect,
            Runnable help,
            Runnable details,
            Runnable letters,
            Runnable channels,
            Runnable incident) {}

    /**
     * What keys do to the chosen run; nothing when that makes no sense now.
     *
     * @param pause pauses it, or lets it go on
     * @param retry begins it anew
     * @param cancel ends it, after a question
     */
    record RunKeys(Runnable pause, Runnable retry, Runnable cancel) {}

    private final KeyTable keys = new KeyTable("Everywhere");
    private final List<Action> all;

    /**
     * The commands.
     *
     * @param focusPane gets the number of a pane, from 1
     * @param sheets opens what floats over the window
     */
    Actions(Gestures gestures, Theme theme, IntConsumer focusPane, Sheets sheets, RunKeys run) {
        all =
                List.of(
                        new Action(
                                "Search everything or run a command", "Ctrl+K", sheets.palette()),
                        new Action("Go to the runs", "Ctrl+1", () -> focusPane.accept(1)),
                        new Action("Go to the timeline", "Ctrl+2", () -> focusPane.accept(2)),
                        new Action("Go to the log", "Ctrl+3", () -> focusPane.accept(3)),
                        new Action("Go to the metrics", "Ctrl+4", () -> focusPane.accept(4)),
                        new Action("Ask the chat", "Ctrl+5", () -> focusPane.accept(5)),
                        new Action("Go to the alerts", "Ctrl+6", () -> focusPane.accept(6)),
                        new Action("Follow the log", "", gestures::followLog),
                        new Action("Pause the run, or resume it", "Ctrl+Shift+P", run.pause()),
                        new Action("Retry the run", "Ctrl+Shift+R", run.retry()),
                        new Action("Cancel the run", "Ctrl+Shift+X", run.cancel()),
                        new Action("Reconnect now", "F5", gestures::reconnect),
                        new Action("Change the gateway or the token", "", sheets.connect()),
                        new Action("Show the connection and its gaps", "", sheets.details()),
                        new Action("Show dead letters", "Ctrl+D", sheets.letters()),
                        new Action("Choose what to receive", "", sheets.channels()),
                        new Action("Save an incident", "Ctrl+S", sheets.incident()),
                        new Action("Open a saved incident", "Ctrl+O", gestures::openIncident),
                        new Action("Switch between dark and light", "Ctrl+Shift+L", theme::toggle),
                        new Action(
                                "Use the system's dark or light",
                                "",
                                () -> theme.choice().set(Theme.Choice.SYSTEM)),
                        new Action(
                                "High contrast, on or off",
                                "Ctrl+Shift+H",
                                () -> theme.contrast().set(!theme.contrast().get())),
                        new Action("Larger text", "Ctrl++", theme::larger),
                        new Action("Smaller text", "Ctrl+-", theme::smaller),
                        new Action("Text as at first", "Ctrl+0", theme::normalSize),
                        new Action("Show all keys", "?", sheets.help()));
        all.stream()
                .filter(action -> !action.keys().isEmpty())
                .forEach(action -> keys.on(action.keys(), action.title(), action.run()));
    }

    /** What the palette lists: all but the command that opens it. */
    List<Action> forPalette() {
        return all.subList(1, all.size());
    }

    /** The keys of the window. */
    KeyTable keys() {
        return keys;
    }
}
