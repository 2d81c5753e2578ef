package io.tailrace.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How grave a log line or an alert is. */
public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private static final List<Level> ALL = List.of(values());

    /** Reads a level as loggers and people write it; empty when it is not one. */
    public static Optional<Level> parse(String text) {
        for (Level level : ALL) {
            if (level.name().equals(text)) {
                return Optional.of(level); // as nearly all say it
            }
        }
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "TRACE", "FINEST", "FINER", "VERBOSE" -> Optional.of(TRACE);
            case "DEBUG", "FINE", "CONFIG" -> Optional.of(DEBUG);
            case "INFO", "INFORMATION", "NOTICE" -> Optional.of(INFO);
            case "WARN", "WARNING" -> Optional.of(WARN);
            case "ERROR", "ERR", "SEVERE", "FATAL", "CRITICAL", "ALERT", "EMERGENCY", "PANIC" ->
                    Optional.of(ERROR);
            default -> Optional.empty();
        };
    }
}
