package io.tailrace.desktop.shell;

import io.tailrace.desktop.theme.Theme;

import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param channels asks what to receive
     * @param incident asks for a note and saves
     */
    record Sheets(
            Runnable palette,
            Runnable connect,
            Runnable help,
            Runnable details,
            Runnable channels,
            Runnable incident) {}

    private final Map<KeyCombination, Action> byKey = new LinkedHashMap<>();
    private final List<Action> all;
    private final Action help;

    /**
     * The commands.
     *
     * @param focusPane gets the number of a pane, from 1
     * @param sheets opens what floats over the window
     */
    Actions(Gestures gestures, Theme theme, IntConsumer focusPane, Sheets sheets) {
        this.help = new Action("Show all keys", "?", sheets.help());
        all =
                List.of(
                        key("Search everything or run a command", KeyCode.K, sheets.palette()),
                        key("Go to the runs", KeyCode.DIGIT1, () -> focusPane.accept(1)),
                        key("Go to the timeline", KeyCode.DIGIT2, () -> focusPane.accept(2)),
                        key("Go to the log", KeyCode.DIGIT3, () -> focusPane.accept(3)),
                        key("Go to the metrics", KeyCode.DIGIT4, () -> focusPane.accept(4)),
                        key("Ask the chat", KeyCode.DIGIT5, () -> focusPane.accept(5)),
                        new Action("Go to the alerts", "", () -> focusPane.accept(6)),
                        new Action("Follow the log", "", gestures::followLog),
                        bind(
                                "Reconnect now",
                                "F5",
                                new KeyCodeCombination(KeyCode.F5),
                                gestures::reconnect),
                        new Action("Change the gateway or the token", "", sheets.connect()),
                        new Action("Show the connection and its gaps", "", sheets.details()),
                        new Action("Choose what to receive", "", sheets.channels()),
                        key("Save an incident", KeyCode.S, sheets.incident()),
                        key("Open a saved incident", KeyCode.O, gestures::openIncident),
                        bind(
                                "Switch between dark and light",
                                "Ctrl+Shift+L",
                                new KeyCodeCombination(
                                        KeyCode.L,
                                        KeyCombination.SHORTCUT_DOWN,
                                        KeyCombination.SHIFT_DOWN),
                                theme::toggle),
                        new Action(
                                "Use the system's dark or light",
                                "",
                                () -> theme.choice().set(Theme.Choice.SYSTEM)),
                        new Action(
                                "High contrast, on or off",
                                "",
                                () -> theme.contrast().set(!theme.contrast().get())),
                        key("Larger text", KeyCode.PLUS, theme::larger),
                        key("Smaller text", KeyCode.MINUS, theme::smaller),
                        key("Text as at first", KeyCode.DIGIT0, theme::normalSize),
                        this.help);
        // the same key without Shift on many keyboards, and on the number pad
        also(KeyCode.EQUALS, theme::larger);
        also(KeyCode.ADD, theme::larger);
        also(KeyCode.SUBTRACT, theme::smaller);
    }

    /** All of them, in the order in which they are listed. */
    List<Action> all() {
        return all;
    }

    /** What the palette lists: all but the command that opens it. */
    List<Action> forPalette() {
        return all.subList(1, all.size());
    }

    /** Runs the command of a key; a question mark counts unless somebody is writing. */
    void keyed(KeyEvent event) {
        Action action = find(event);
        if (action != null) {
            event.consume();
            action.run().run();
        }
    }

    /** A question mark may need Shift or not: what was typed counts, not the key. */
    void typed(KeyEvent event) {
        if ("?".equals(event.getCharacter()) && !(event.getTarget() instanceof TextInputControl)) {
            event.consume();
            help.run().run();
        }
    }

    private @Nullable Action find(KeyEvent event) {
        for (var entry : byKey.entrySet()) {
            if (entry.getKey().match(event)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private Action key(String title, KeyCode code, Runnable run) {
        String name =
                switch (code) {
                    case PLUS -> "+";
                    case MINUS -> "-";
                    default -> code.getName();
                };
        return bind(
                title,
                "Ctrl+" + name,
                new KeyCodeCombination(
                        code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY),
                run);
    }

    private Action bind(String title, String keys, KeyCombination combination, Runnable run) {
        Action action = new Action(title, keys, run);
        byKey.put(combination, action);
        return action;
    }

    private void also(KeyCode code, Runnable run) {
        Action _ =
                bind(
                        "",
                        "",
                        new KeyCodeCombination(
                                code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY),
                        run);
    }
}
