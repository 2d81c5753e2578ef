package io.tailrace.desktop.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Round values for an upright axis.
 *
 * @param low the value at the lower end
 * @param high the value at the upper end
 * @param ticks the values to label, from low to high
 */
record ValueAxis(double low, double high, List<Double> ticks) {

    /** Copies the list. */
    ValueAxis {
        ticks = List.copyOf(ticks);
    }

    /**
     * An axis that holds the values and starts at zero when they are near it.
     *
     * @param wanted about how many ticks there is room for, at least 2
     */
    static ValueAxis of(double min, double max, int wanted) {
        double low = min > 0 && min < max * 0.6 ? 0 : min;
        double high = max;
        if (high - low <= Math.abs(high) * 1e-9) {
            double room = high == 0 ? 1 : Math.abs(high) * 0.5;
            low = low >= 0 ? Math.max(0, low - room) : low - room;
            high += room;
        }
        double step = step((high - low) / Math.max(1, wanted - 1));
        long first = (long) Math.floor(low / step + 1e-9);
        long last = (long) Math.ceil(high / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return new ValueAxis(first * step, last * step, ticks);
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
