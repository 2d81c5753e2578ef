package io.tailrace.server.lines;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Reads times as loggers write them. One without a zone counts when the zone is known, or when as
 * UTC it is about now: guessing would put lines hours away from where they belong.
 */
final class LineTimes {

    private static final Duration NEAR = Duration.ofMinutes(1);
    private static final double LARGEST_SECONDS = 1e11; // as milliseconds that is March 1973
    private static final double LARGEST_MILLIS = 1e14;
    private static final double LARGEST_MICROS = 1e17;
    private static final int DATE = 10;
    private static final int SECONDS = 19; // yyyy-MM-dd HH:mm:ss

    private final @Nullable ZoneId zone;

    /**
     * Reads times.
     *
     * @param zone that of times that do not say; null when that is not known
     */
    LineTimes(@Nullable ZoneId zone) {
        this.zone = zone;
    }

    /** A time as a value of a JSON object; null when it is none. */
    @Nullable Instant of(@Nullable Object value, Instant now) {
        return switch (value) {
            case String text -> {
                int end = text.isEmpty() ? 0 : end(text, 0);
                yield end == text.length() && end > 0 ? instant(text, 0, end, now) : number(text);
            }
            case Number number -> sinceEpoch(number.doubleValue());
            case Map<?, ?> map -> log4j(map);
            case null, default -> null;
        };
    }

    private static @Nullable Instant number(String text) {
        try {
            return text.length() > 30 ? null : sinceEpoch(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant log4j(Map<?, ?> instant) {
        return instant.get("epochSecond") instanceof Number seconds
                        && instant.get("nanoOfSecond") instanceof Number nanos
                        && Math.abs(seconds.doubleValue()) < LARGEST_SECONDS
                ? Instant.ofEpochSecond(seconds.longValue(), nanos.intValue())
                : null;
    }

    /** Seconds, milliseconds, microseconds or nanoseconds, by how large it is. */
    private static @Nullable Instant sinceEpoch(double value) {
        if (!(value > 1e8 && value < 1e20)) {
            return null;
        }
        double millis =
                value < LARGEST_SECONDS
                        ? value * 1e3
                        : value < LARGEST_MILLIS
                                ? value
                                : value < LARGEST_MICROS ? value / 1e3 : value / 1e6;
        return Instant.ofEpochSecond(0, Math.round(millis * 1e3) * 1_000);
    }

    /** Where the time that begins there ends; 0 when there is none. */
    static int end(String text, int from) {
        if (!digits(text, from, "dddd-dd-ddTdd:dd:dd")
                && !digits(text, from, "dddd-dd-dd dd:dd:dd")
                && !digits(text, from, "dddd/dd/dd dd:dd:dd")) {
            return 0;
        }
        int at = from + SECONDS;
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            int fraction = at + 1;
            while (fraction < text.length() && digit(text, fraction)) {
                fraction++;
            }
            at = fraction > at + 1 && fraction <= at + 10 ? fraction : at;
        }
        return zoneEnd(text, at);
    }

    private static int zoneEnd(String text, int at) {
        if (at < text.length() && text.charAt(at) == 'Z') {
            return at + 1;
        }
        int sign = at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
        if (sign >= text.length() || (text.charAt(sign) != '+' && text.charAt(sign) != '-')) {
            return at;
        }
        if (digits(text, sign + 1, "dd:dd")) {
            return sign + 6;
        }
        return digits(text, sign + 1, "dddd") ? sign + 5 : at;
    }

    /** The time between these places; null when it is not certain. */
    @Nullable Instant instant(String text, int from, int end, Instant now) {
        try {
            int at = from + SECONDS;
            int nanos = 0;
            if (at < end && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int digits = at + 1;
                while (digits < end && digit(text, digits)) {
                    digits++;
                }
                String fraction = text.substring(at + 1, digits);
                nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
                at = digits;
            }
            LocalDateTime local =
                    LocalDateTime.of(
                            number(text, from, 4),
                            number(text, from + 5, 2),
                            number(text, from + 8, 2),
                            number(text, from + DATE + 1, 2),
                            number(text, from + DATE + 4, 2),
                            number(text, from + DATE + 7, 2),
                            nanos);
            String offset = text.substring(at, end).strip();
            return offset.isEmpty()
                    ? local(local, now)
                    : local.toInstant(ZoneOffset.of(offset.equals("Z") ? "Z" : offset));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Instant local(LocalDateTime local, Instant now) {
        if (zone != null) {
            return local.atZone(zone).toInstant();
        }
        Instant utc = local.toInstant(ZoneOffset.UTC);
        return Duration.between(utc, now).abs().compareTo(NEAR) <= 0 ? utc : null;
    }

    private static int number(String text, int from, int length) {
        return Integer.parseInt(text, from, from + length, 10);
    }

    private static boolean digits(String text, int from, String pattern) {
        if (from + pattern.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            boolean fits =
                    pattern.charAt(i) == 'd'
                            ? digit(text, from + i)
                            : text.charAt(from + i) == pattern.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean digit(String text, int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
