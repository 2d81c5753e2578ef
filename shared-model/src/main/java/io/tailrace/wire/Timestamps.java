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
        Instant utc = utc(text);
        if (utc != null) {
            return utc;
        }
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

    /**
     * Reads what {@link #text} writes, without a formatter, which takes longer than all the rest of
     * an event; null for everything else.
     */
    private static @Nullable Instant utc(String text) {
        int end = text.length() - 1;
        boolean looksSo =
                end >= 19
                        && end <= 29
                        && end != 20
                        && text.charAt(4) == '-'
                        && text.charAt(7) == '-'
                        && text.charAt(10) == 'T'
                        && text.charAt(13) == ':'
                        && text.charAt(16) == ':'
                        && text.charAt(end) == 'Z'
                        && (end == 19 || text.charAt(19) == '.');
        if (!looksSo) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = end == 19 ? 0 : number(text, 20, end);
        if ((year | month | day | hour | minute | second | nanos) < 0) {
            return null;
        }
        for (int digits = Math.max(0, end - 20); digits < 9; digits++) {
            nanos *= 10;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second, nanos)
                .toInstant(ZoneOffset.UTC);
    }

    /** Those digits as a number; negative when they are none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
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
