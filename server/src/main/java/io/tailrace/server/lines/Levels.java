package io.tailrace.server.lines;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Reads levels as loggers write them. */
final class Levels {

    private static final int LONGEST = 11;

    private Levels() {}

    /** A word that is a level; null when it is none. */
    static @Nullable Level word(String word) {
        if (word.length() > LONGEST || word.isEmpty()) {
            return null;
        }
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "TRC", "VRB" -> Level.TRACE;
            case "DBG", "DEBG" -> Level.DEBUG;
            case "INF" -> Level.INFO;
            case "WRN" -> Level.WARN;
            case "EROR", "FTL", "CRIT", "EMERG", "DPANIC" -> Level.ERROR;
            default -> Level.parse(word).orElse(null);
        };
    }

    /** A level as a value of a JSON object: a word, or a number as pino and bunyan use them. */
    static @Nullable Level value(@Nullable Object value) {
        return switch (value) {
            case String text -> word(text.strip());
            case Number number -> number(number.intValue());
            case null, default -> null;
        };
    }

    private static @Nullable Level number(int number) {
        return number < 10 || number > 100
                ? null
                : number >= 50
                        ? Level.ERROR
                        : number >= 40
                                ? Level.WARN
                                : number >= 30
                                        ? Level.INFO
                                        : number >= 20 ? Level.DEBUG : Level.TRACE;
    }

    /** A number as syslog uses them, 0 the gravest. */
    static @Nullable Level syslog(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        return switch (number.intValue()) {
            case 0, 1, 2, 3 -> Level.ERROR;
            case 4 -> Level.WARN;
            case 5, 6 -> Level.INFO;
            case 7 -> Level.DEBUG;
            default -> null;
        };
    }
}
