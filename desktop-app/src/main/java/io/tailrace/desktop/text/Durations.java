package io.tailrace.desktop.text;

import static io.tailrace.desktop.text.Texts.text;

import java.time.Duration;

/** Durations as people say them: {@code 9 m 40 s}. Negative ones count as zero. */
public final class Durations {

    private static final String SECONDS = "text.unit.s";
    private static final String MINUTES = "text.unit.m";
    private static final String HOURS = "text.unit.h";
    private static final String DAYS = "text.unit.d";

    private Durations() {}

    /** The two largest units: {@code 350 ms}, {@code 4.2 s}, {@code 9 m 40 s}, {@code 6 d 3 h}. */
    public static String say(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1_000) {
            return one(millis, "text.unit.ms");
        }
        if (millis < 10_000) {
            long tenths = millis / 100;
            return tenths % 10 == 0
                    ? one(tenths / 10, SECONDS)
                    : text(SECONDS, tenths / 10 + "." + tenths % 10);
        }
        long seconds = millis / 1_000;
        if (seconds < 60) {
            return one(seconds, SECONDS);
        }
        if (seconds < 3_600) {
            return two(seconds / 60, MINUTES, seconds % 60, SECONDS);
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, HOURS, seconds % 3_600 / 60, MINUTES);
        }
        return two(seconds / 86_400, DAYS, seconds % 86_400 / 3_600, HOURS);
    }

    /** Only the largest unit, for narrow places: {@code 4 s}, {@code 17 m}, {@code 6 d}. */
    public static String brief(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return one(seconds, SECONDS);
        }
        if (seconds < 3_600) {
            return one(seconds / 60, MINUTES);
        }
        return seconds < 86_400 ? one(seconds / 3_600, HOURS) : one(seconds / 86_400, DAYS);
    }

    private static String one(long number, String unit) {
        return text(unit, String.valueOf(number));
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        String first = one(large, unit);
        return small == 0 ? first : text("text.duration", first, one(small, smallUnit));
    }
}
