package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting as somebody wrote it, and how to read it.
 *
 * @param name of the setting
 * @param needed what its values look like
 * @param text what was written
 * @param source where, to complete the words "from …"
 */
record SettingValue(String name, String needed, String text, String source) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?b)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    static SettingValue of(SettingKey key, String text, String source) {
        return new SettingValue(key.key(), key.needed(), text, source);
    }

    long number(long least, long most) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong();
    }

    boolean flag() {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong();
        };
    }

    /** One of a few words. */
    String word(String... words) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!List.of(words).contains(word)) {
            throw wrong();
        }
        return word;
    }

    long size(long least, long most) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong();
        }
        int power = "kmgt".indexOf(matcher.group(2)) + 1;
        long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
        try {
            long size = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
            if (size >= least && size <= most) {
                return size;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw wrong();
    }

    Duration time(Duration least, Duration most) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong();
        }
        long amount = Long.parseLong(matcher.group(1));
        try {
            Duration time =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
            if (time.compareTo(least) >= 0 && time.compareTo(most) <= 0) {
                return time;
            }
        } catch (ArithmeticException | DateTimeException e) {
            // said below
        }
        throw wrong();
    }

    List<String> list() {
        return Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    /** A file; null when nothing was written. */
    @Nullable Path file() {
        try {
            return text.isBlank() ? null : Path.of(text.strip()).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw wrong();
        }
    }

    SettingsException wrong() {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return new SettingsException(
                "Setting '%s' from %s is '%s': %s is needed."
                        .formatted(name, source, shown, needed));
    }
}
