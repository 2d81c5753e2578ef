package io.tailrace.desktop.keys;

import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A key with its modifiers. Keys that write a sign count when the sign is typed, whatever key it
 * stands on, so that a field that gets the focus by one does not get its sign, too; named keys and
 * those with Ctrl count when they are pressed.
 *
 * @param sign the sign, or the name of the key
 * @param codes the keys that mean it
 */
record Chord(boolean control, boolean shift, String sign, Set<KeyCode> codes) {

    private static final Map<String, KeyCode> NAMED =
            Map.ofEntries(
                    Map.entry("↑", KeyCode.UP),
                    Map.entry("↓", KeyCode.DOWN),
                    Map.entry("←", KeyCode.LEFT),
                    Map.entry("→", KeyCode.RIGHT),
                    Map.entry("Enter", KeyCode.ENTER),
                    Map.entry("Space", KeyCode.SPACE),
                    Map.entry("Esc", KeyCode.ESCAPE),
                    Map.entry("Home", KeyCode.HOME),
                    Map.entry("End", KeyCode.END),
                    Map.entry("PgUp", KeyCode.PAGE_UP),
                    Map.entry("PgDn", KeyCode.PAGE_DOWN),
                    Map.entry("Del", KeyCode.DELETE),
                    Map.entry("Ins", KeyCode.INSERT));
    private static final Map<String, Set<KeyCode>> SIGNS =
            Map.of(
                    "+", Set.of(KeyCode.PLUS, KeyCode.EQUALS, KeyCode.ADD),
                    "-", Set.of(KeyCode.MINUS, KeyCode.SUBTRACT));

    /** Reads it as people write it. */
    static Chord of(String words) {
        boolean control = words.startsWith("Ctrl+");
        String rest = control ? words.substring(5) : words;
        boolean shift = rest.startsWith("Shift+");
        String key = shift ? rest.substring(6) : rest;
        return new Chord(control, shift, key, codes(key));
    }

    private static Set<KeyCode> codes(String key) {
        KeyCode named = NAMED.get(key);
        if (named != null) {
            return Set.of(named);
        }
        if (key.matches("[A-Z]|F[0-9]+")) {
            return Set.of(KeyCode.valueOf(key.toUpperCase(Locale.ROOT)));
        }
        if (key.matches("[0-9]")) {
            return Set.of(KeyCode.valueOf("DIGIT" + key), KeyCode.valueOf("NUMPAD" + key));
        }
        if (key.codePointCount(0, key.length()) != 1) {
            throw new IllegalArgumentException("No keyboard has the key '%s'.".formatted(key));
        }
        return SIGNS.getOrDefault(key, Set.of());
    }

    boolean matches(KeyEvent event) {
        if (event.isAltDown() || event.isShortcutDown() != control) {
            return false;
        }
        boolean typed = event.getEventType() == KeyEvent.KEY_TYPED;
        if (writes()) {
            return typed
                    && !(event.getTarget() instanceof TextInputControl)
                    && sign.equalsIgnoreCase(event.getCharacter())
                    && (!isLetter() || event.isShiftDown() == shift);
        }
        boolean anyShift = control && !shift && !isLetter(); // digits need it on some keyboards
        return !typed
                && codes.contains(event.getCode())
                && (anyShift || event.isShiftDown() == shift);
    }

    private boolean writes() {
        return !control && sign.codePointCount(0, sign.length()) == 1 && !NAMED.containsKey(sign);
    }

    private boolean isLetter() {
        return Character.isLetter(sign.charAt(0));
    }
}
