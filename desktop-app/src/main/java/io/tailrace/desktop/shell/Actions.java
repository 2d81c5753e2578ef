package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

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

    private final KeyTable keys = new KeyTable(text("shell.keys.title"));
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
                        new Action(text("shell.search"), "Ctrl+K", sheets.palette()),
                        new Action(text("shell.do.runs"), "Ctrl+1", () -> focusPane.accept(1)),
                        new Action(text("shell.do.timeline"), "Ctrl+2", () -> focusPane.accept(2)),
                        new Action(text("shell.do.log"), "Ctrl+3", () -> focusPane.accept(3)),
                        new Action(text("shell.do.metrics"), "Ctrl+4", () -> focusPane.accept(4)),
                        new Action(text("shell.do.chat"), "Ctrl+5", () -> focusPane.accept(5)),
                        new Action(text("shell.do.alerts"), "Ctrl+6", () -> focusPane.accept(6)),
                        new Action(text("shell.do.follow"), "", gestures::followLog),
                        new Action(text("shell.do.pause"), "Ctrl+Shift+P", run.pause()),
                        new Action(text("shell.do.retry"), "Ctrl+Shift+R", run.retry()),
                        new Action(text("shell.do.cancel"), "Ctrl+Shift+X", run.cancel()),
                        new Action(text("shell.reconnect"), "F5", gestures::reconnect),
                        new Action(text("shell.do.connect"), "", sheets.connect()),
                        new Action(text("shell.do.connection"), "", sheets.details()),
                        new Action(text("shell.do.letters"), "Ctrl+D", sheets.letters()),
                        new Action(text("shell.channels.choose"), "", sheets.channels()),
                        new Action(text("shell.incident.title"), "Ctrl+S", sheets.incident()),
                        new Action(text("shell.do.openIncident"), "Ctrl+O", gestures::openIncident),
                        new Action(text("shell.do.theme"), "Ctrl+Shift+L", theme::toggle),
                        new Action(
                                text("shell.do.systemTheme"),
                                "",
                                () -> theme.choice().set(Theme.Choice.SYSTEM)),
                        new Action(
                                text("shell.do.contrast"),
                                "Ctrl+Shift+H",
                                () -> theme.contrast().set(!theme.contrast().get())),
                        new Action(text("shell.do.larger"), "Ctrl++", theme::larger),
                        new Action(text("shell.do.smaller"), "Ctrl+-", theme::smaller),
                        new Action(text("shell.do.normalSize"), "Ctrl+0", theme::normalSize),
                        new Action(text("shell.do.help"), "?", sheets.help()));
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
