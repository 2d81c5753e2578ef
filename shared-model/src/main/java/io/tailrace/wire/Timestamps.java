package io.tailrace.wire;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Reads times as publishers write them: ISO 8601, in UTC when no zone is given, or a number since
 * 1970, in seconds when it is small and in milliseconds otherwise. Writes ISO 8601 in UTC.
 */
public final class Timestamps {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    // As milliseconds that is March 1973; as seconds the year 5138.
    private static final double LARGEST_SECONDS = 1e11;

    private static final int LONGEST = "2026-11-21T10:00:00.123456789Z".length();

    private Timestamps() {}

    /** Whether an event may have that time: it is in the years 1 to 9999. */
    public static boolean possible(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /**
     * Like {@link Instant#toString} without its formatter: every event that is stored has a time.
     */
    static String text(Instant time) {
        if (!possible(time)) {
            return time.toString();
        }
        LocalDateTime utc =
                LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        byte[] text = new byte[LONGEST];
        int at = digits(text, 0, utc.getYear(), 4);
        text[at++] = '-';
        at = digits(text, at, utc.getMonthValue(), 2);
        text[at++] = '-';
        at = digits(text, at, utc.getDayOfMonth(), 2);
        text[at++] = 'T';
        at = digits(text, at, utc.getHour(), 2);
        text[at++] = ':';
        at = digits(text, at, utc.getMinute(), 2);
        text[at++] = ':';
        at = digits(text, at, utc.getSecond(), 2);
        at = fraction(text, at, utc.getNano());
        text[at++] = 'Z';
        return new String(text, 0, at, StandardCharsets.ISO_8859_1);
    }

    /** None, or as many groups of three digits as say it all. */
    private static int fraction(byte[] text, int from, int nanos) {
        if (nanos == 0) {
            return from;
        }
        text[from] = '.';
        if (nanos % 1_000_000 == 0) {
            return digits(text, from + 1, nanos / 1_000_000, 3);
        }
        return nanos % 1_000 == 0
                ? digits(text, from + 1, nanos / 1_000, 6)
                : digits(text, from + 1, nanos, 9);
    }

    private static int digits(byte[] text, int from, int number, int count) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return from + count;
    }

    static Instant read(@Nullable Object value, Instant now) {
        try {
            Instant time =
                    switch (value) {
                        case null -> now;
                        case String text -> instant(text);
                        case Number number -> sinceEpoch(number);
                        default -> throw new DateTimeException("not a time");
                    };
            if (value != null && !possible(time)) {
                throw new DateTimeException("not a year of our time");
            }
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedEventException(
                    "Field 'timestamp' must be a time such as \"2026-11-21T10:00:00.123Z\" or"
                            + " milliseconds since 1970.");
        }
    }

    private static Instant instant(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' '
                        ? text.substring(0, 10) + "T" + text.substring(11)
                        : text;
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }

    private static Instant sinceEpoch(Number number) {
        double value = number.doubleValue();
        if (number instanceof Long whole) {
            return Math.abs(value) < LARGEST_SECONDS
                    ? Instant.ofEpochSecond(whole)
                    : Instant.ofEpochMilli(whole);
        }
        double micros = Math.abs(value) < LARGEST_SECONDS ? value * 1e6 : value * 1e3;
        if (!(Math.abs(micros) < 1e18)) {
            throw new DateTimeException("not a time");
        }
        return Instant.EPOCH.plus(Math.round(micros), ChronoUnit.MICROS);
    }
}
