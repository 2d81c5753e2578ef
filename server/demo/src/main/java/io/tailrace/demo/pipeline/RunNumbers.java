package io.tailrace.demo.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts runs across restarts. A run's name ends with its number, so a retry finds its share. */
final class RunNumbers {

    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{6}-(\\d{3,9})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;

    RunNumbers(Path file) {
        this.file = file;
    }

    /** The next number, from 1. */
    long next() throws IOException {
        long last = 0;
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            last = text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
        }
        Files.writeString(file, Long.toString(last + 1));
        return last + 1;
    }

    /** A name for a run that begins now. */
    static String name(long number) {
        return TIME.format(Instant.now()) + String.format(Locale.ROOT, "-%03d", number);
    }

    /** The number in a run's name; empty when it is not a name of ours. */
    static Optional<Long> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
}
