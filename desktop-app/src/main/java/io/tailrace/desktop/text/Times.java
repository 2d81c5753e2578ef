package io.tailrace.desktop.text;

import static io.tailrace.desktop.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in the viewer's zone. Immutable, any thread. */
public final class Times {

    private static final String EXACTLY = "yyyy-MM-dd HH:mm:ss.SSS";

    private final ZoneId zone;

    /**
     * Says times of a zone.
     *
     * @param zone where the viewer is
     */
    public Times(ZoneId zone) {
        this.zone = zone;
    }

    /** The viewer's zone. */
    public ZoneId zone() {
        return zone;
    }

    /** Hours and minutes: {@code 02:17}. */
    public String minute(Instant time) {
        return format(time, "HH:mm");
    }

    /** Hours, minutes and seconds: {@code 02:17:10}. */
    public String second(Instant time) {
        return format(time, "HH:mm:ss");
    }

    /** With milliseconds: {@code 02:17:10.100}. */
    public String millis(Instant time) {
        return format(time, "HH:mm:ss.SSS");
    }

    /** The whole date: {@code 2026-11-20}. */
    public String date(Instant time) {
        return format(time, "yyyy-MM-dd");
    }

    /** The day: {@code 20 Nov}. */
    public String day(Instant time) {
        return format(time, text("text.date.day"));
    }

    /** The shortest that is clear now: {@code 02:17}, {@code 20 Nov}, {@code 20 Nov 2024}. */
    public String when(Instant time, Instant now) {
        LocalDate day = time.atZone(zone).toLocalDate();
        LocalDate today = now.atZone(zone).toLocalDate();
        if (day.equals(today)) {
            return minute(time);
        }
        return day.getYear() == today.getYear()
                ? day(time)
                : format(time, text("text.date.dayOfYear"));
    }

    /** Like {@link #when}, with seconds today and with the time of day on other days. */
    public String whenExactly(Instant time, Instant now) {
        boolean today = time.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? second(time) : text("text.date.time", when(time, now), minute(time));
    }

    /** The whole truth, for tooltips: local time with its zone, then UTC. */
    public String exact(Instant time) {
        String utc =
                DateTimeFormatter.ofPattern(EXACTLY, Texts.locale())
                        .withZone(ZoneOffset.UTC)
                        .format(time);
        return text("text.date.exact", format(time, EXACTLY + " z"), utc);
    }

    /**
     * A label on a time axis.
     *
     * @param step how far apart the labels are: decides whether seconds or days are said
     */
    public String tick(Instant time, Duration step) {
        if (step.compareTo(Duration.ofDays(1)) >= 0) {
            return day(time);
        }
        return step.compareTo(Duration.ofMinutes(1)) >= 0 ? minute(time) : second(time);
    }

    private String format(Instant time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Texts.locale()).withZone(zone).format(time);
    }
}
