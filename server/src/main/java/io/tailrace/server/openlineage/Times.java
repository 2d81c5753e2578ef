package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads times as real clients write them: without a zone, with any number of digits, as dates. */
final class Times {

    private static final Pattern TOO_EXACT = Pattern.compile("(\\.\\d{9})\\d+");
    private static final Pattern OFFSET = Pattern.compile("([+-]\\d{2})(\\d{2})$");
    private static final int LONGEST = 60;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** The time that was meant, in UTC when there is no zone; empty when it is none. */
    static Optional<Instant> read(@Nullable Object value) {
        try {
            return switch (value) {
                case String text when text.length() <= LONGEST -> sane(instant(text.strip()));
                case Long millis -> sane(Instant.ofEpochMilli(millis));
                case null, default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> sane(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? Optional.empty() : Optional.of(time);
    }

    private static Instant instant(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' '
                        ? text.substring(0, 10) + "T" + text.substring(11).strip()
                        : text;
        iso = TOO_EXACT.matcher(iso).replaceFirst("$1");
        if (iso.length() <= 10) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        iso = OFFSET.matcher(iso).replaceFirst("$1:$2");
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }
}
