package io.tailrace.desktop.keys;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A key with its modifiers. Signs such as {@code ?} stand on other keys on each keyboard, with
 * Shift or without: what counts is the sign; letters and named keys need exactly the Shift they
 * say.
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
        String said = typed ? event.getCharacter() : event.getText();
        if (isSign()) {
            return sign.equals(said) || (!typed && codes.contains(event.getCode()));
        }
        return !typed && event.isShiftDown() == shift && codes.contains(event.getCode());
    }

    /** Whether Shift only makes the sign: digits need it on some keyboards. */
    private boolean isSign() {
        return !shift && sign.length() == 1 && !NAMED.containsKey(sign) && !isLetter();
    }

    private boolean isLetter() {
        return Character.isLetter(sign.charAt(0));
    }
}
