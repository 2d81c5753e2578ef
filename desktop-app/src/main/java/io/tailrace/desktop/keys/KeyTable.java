package io.tailrace.desktop.keys;

import javafx.scene.Node;
import javafx.scene.input.KeyEvent;

import java.util.ArrayList;
import java.util.List;

/** The keys of a pane or of the window: it runs what they stand for, and lists them for people. */
public final class KeyTable {

    private final String title;
    private final List<Binding> bindings = new ArrayList<>();

    private record Binding(String keys, String words, List<Chord> chords, Runnable run) {}

    /**
     * One line of the help sheet.
     *
     * @param keys such as {@code Ctrl+K} or {@code n N}
     * @param words what they do
     */
    public record Line(String keys, String words) {}

    /**
     * No keys yet.
     *
     * @param title where they work: {@code In the timeline}
     */
    public KeyTable(String title) {
        this.title = title;
    }

    /**
     * Adds a key.
     *
     * @param keys how people write it: {@code Ctrl+Shift+L}, {@code Esc}, {@code ↑}, {@code /};
     *     several that do the same stand behind each other with spaces between
     * @param words what it does; empty for a key that is not worth a line
     * @throws IllegalArgumentException when no keyboard has such a key
     */
    public KeyTable on(String keys, String words, Runnable run) {
        bindings.add(
                new Binding(
                        keys,
                        words,
                        List.of(keys.split(" ")).stream().map(Chord::of).toList(),
                        run));
        return this;
    }

    /** Adds two keys that belong together, such as back and forth: one line for both. */
    public KeyTable pair(String one, String other, String words, Runnable first, Runnable second) {
        on(one, "", first).on(other, "", second);
        return tell(one + " " + other, words);
    }

    /** Adds a line about something that is no key, such as the wheel. */
    public KeyTable tell(String gesture, String words) {
        bindings.add(new Binding(gesture, words, List.of(), () -> {}));
        return this;
    }

    /** Listens to a node, and to what is inside of it. */
    public void listen(Node node) {
        node.addEventHandler(KeyEvent.KEY_PRESSED, this::take);
        node.addEventHandler(KeyEvent.KEY_TYPED, this::take);
    }

    /**
     * Does what a pressed or typed key stands for and consumes it; whether it stood for something.
     */
    public boolean take(KeyEvent event) {
        for (Binding binding : bindings) {
            if (binding.chords().stream().anyMatch(chord -> chord.matches(event))) {
                binding.run().run();
                event.consume();
                return true;
            }
        }
        return false;
    }

    /** Where these keys work. */
    public String title() {
        return title;
    }

    /** What there is to tell people of them. */
    public List<Line> lines() {
        return bindings.stream()
                .filter(binding -> !binding.words().isEmpty())
                .map(binding -> new Line(binding.keys(), binding.words()))
                .toList();
    }
}
