package io.tailrace.desktop.logs;

import io.tailrace.desktop.theme.Palette;
import io.tailrace.model.Level;

import javafx.scene.paint.Color;

/** Which colour a level has. */
final class LevelColours {

    private LevelColours() {}

    /** Of the level's name. */
    static Color name(Level level, Palette palette) {
        return switch (level) {
            case TRACE, DEBUG, INFO -> palette.muted();
            case WARN -> palette.warn();
            case ERROR -> palette.error();
        };
    }

    /** Of a message. */
    static Color message(Level level, Palette palette) {
        return switch (level) {
            case TRACE, DEBUG -> palette.muted();
            case INFO -> palette.text();
            case WARN -> palette.warn();
            case ERROR -> palette.error();
        };
    }

    /** Of what stands between lines. */
    static Color between(Level level, Palette palette) {
        return switch (level) {
            case TRACE, DEBUG, INFO -> palette.accent();
            case WARN -> palette.warn();
            case ERROR -> palette.error();
        };
    }
}
