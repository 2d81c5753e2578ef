package io.tailrace.desktop.paint;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Time from left to right.
 *
 * @param from the time at the left end
 * @param to the time at the right end, later than {@code from}
 * @param left the left end, in pixels
 * @param right the right end, in pixels
 */
public record TimeScale(Instant from, Instant to, double left, double right) {

    private static final long[] STEPS = {
        1,
        2,
        5,
        10,
        15,
        30,
        60,
        120,
        300,
        600,
        900,
        1_800,
        3_600,
        7_200,
        10_800,
        21_600,
        43_200,
        86_400,
        172_800,
        604_800,
        1_209_600,
        2_592_000,
        7_776_000,
        31_536_000
    };
    private static final double GROWTH = 1.12;
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    /** Checks that time goes on. */
    public TimeScale {
        if (!to.isAfter(from)) {
            to = from.plus(SHORTEST);
        }
    }

    /**
     * A span that need not change with every moment: grows in steps of an eighth, so that the bars
     * of a live run do not creep.
     */
    public static Duration steadySpan(Duration needed) {
        Duration span = SHORTEST;
        while (span.compareTo(needed) < 0) {
            span = Duration.ofMillis((long) (span.toMillis() * GROWTH));
        }
        return span;
    }

    /** Where a time is, in pixels; outside of the ends for times outside. */
    public double x(Instant time) {
        double share =
                (double) Duration.between(from, time).toMillis()
                        / Duration.between(from, to).toMillis();
        return left + share * (right - left);
    }

    /** How far apart ticks are that stand at least so many pixels apart. */
    public Duration step(double minPixels) {
        double seconds = Duration.between(from, to).toMillis() / 1000.0;
        double least = seconds * minPixels / Math.max(1, right - left);
        for (long step : STEPS) {
            if (step >= least) {
                return Duration.ofSeconds(step);
            }
        }
        return Duration.ofSeconds(STEPS[STEPS.length - 1]);
    }

    /** The times of the ticks, round in the viewer's zone. */
    public List<Instant> ticks(ZoneId zone, Duration step) {
        List<Instant> ticks = new ArrayList<>();
        ZonedDateTime midnight = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        long days = step.toDays();
        ZonedDateTime tick = midnight;
        if (days == 0) {
            long passed = Duration.between(midnight, from.atZone(zone)).toSeconds();
            tick = midnight.plusSeconds(passed / step.toSeconds() * step.toSeconds());
        }
        while (!tick.toInstant().isAfter(to)) {
            if (!tick.toInstant().isBefore(from)) {
                ticks.add(tick.toInstant());
            }
            tick = days > 0 ? tick.plusDays(days) : tick.plusSeconds(step.toSeconds());
        }
        return ticks;
    }
}
