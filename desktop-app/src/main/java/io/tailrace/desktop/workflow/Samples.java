package io.tailrace.desktop.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations whose quantiles are asked for. */
final class Samples {

    private final List<Duration> values = new ArrayList<>();

    void add(Duration value) {
        values.add(value.isNegative() ? Duration.ZERO : value);
    }

    int size() {
        return values.size();
    }

    /** Interpolated between the two nearest; there must be a value. */
    Duration quantile(double share) {
        Collections.sort(values);
        double place = share * (values.size() - 1);
        Duration low = values.get((int) Math.floor(place));
        Duration high = values.get((int) Math.ceil(place));
        double part = place - Math.floor(place);
        return low.plusNanos(Math.round(high.minus(low).toNanos() * part));
    }
}
