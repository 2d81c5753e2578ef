package io.tailrace.desktop.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class KeyTableTest {

    private final List<String> done = new ArrayList<>();
    private final KeyTable keys = new KeyTable("In a test");

    @Test
    void whatItListsIsWhatItBinds() {
        keys.on("N", "next", () -> done.add("next"))
                .on("Esc Enter", "leave", () -> done.add("leave"))
                .pair("↑", "↓", "up, down", () -> done.add("up"), () -> done.add("down"))
                .on("F3", "", () -> done.add("hidden"))
                .tell("wheel", "scroll");

        assertThat(keys.lines())
                .extracting(KeyTable.Line::keys)
                .containsExactly("N", "Esc Enter", "↑ ↓", "wheel");
        type("n", false);
        press(KeyCode.ESCAPE, false, false);
        press(KeyCode.ENTER, false, false);
        press(KeyCode.DOWN, false, false);
        press(KeyCode.F3, false, false);
        assertThat(done).containsExactly("next", "leave", "leave", "down", "hidden");
    }

    @Test
    void lettersAreToldFromTheirCapitalsSignsAreNot() {
        keys.on("N", "next", () -> done.add("next"))
                .on("Shift+N", "previous", () -> done.add("previous"))
                .on("?", "help", () -> done.add("help"));
        type("N", true);
        type("n", false);
        type("?", true);
        type("?", false);
        assertThat(done).containsExactly("previous", "next", "help", "help");
    }

    @Test
    void aSignCountsOnlyWhenItIsTypedSoThatItIsNotTypedIntoWhatItOpens() {
        keys.on("/", "find", () -> done.add("find"));
        assertThat(press(KeyCode.SLASH, false, false)).isFalse();
        assertThat(type("/", false)).isTrue();
    }

    @Test
    void modifiersMustBeThere() {
        keys.on("Ctrl+K", "search", () -> done.add("search"))
                .on("Ctrl+Shift+L", "light", () -> done.add("light"))
                .on("Ctrl++", "larger", () -> done.add("larger"))
                .on("Ctrl+1", "first", () -> done.add("first"));
        assertThat(press(KeyCode.K, false, false)).isFalse();
        assertThat(press(KeyCode.L, true, false)).isFalse();
        assertThat(press(KeyCode.K, true, false)).isTrue();
        assertThat(press(KeyCode.L, true, true)).isTrue();
        assertThat(press(KeyCode.EQUALS, true, true)).isTrue();
        assertThat(press(KeyCode.ADD, true, false)).isTrue();
        assertThat(press(KeyCode.DIGIT1, true, true)).isTrue(); // as French keyboards write it
        assertThat(done).containsExactly("search", "light", "larger", "larger", "first");
    }

    @Test
    void aKeyThatNoKeyboardHasIsAMistake() {
        assertThatThrownBy(() -> keys.on("Hyper", "x", () -> {}))
                .hasMessageContaining("No keyboard has the key 'Hyper'");
    }

    private boolean press(KeyCode code, boolean control, boolean shift) {
        return keys.take(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false));
    }

    private boolean type(String sign, boolean shift) {
        return keys.take(
                new KeyEvent(
                        KeyEvent.KEY_TYPED,
                        sign,
                        "",
                        KeyCode.UNDEFINED,
                        shift,
                        false,
                        false,
                        false));
    }
}
