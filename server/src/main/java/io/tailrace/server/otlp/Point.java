package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One measurement of a metric, with what was counted where it is a summary of many. */
final class Point {

    private static final int NOTHING_RECORDED = 1;

    final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    final SortedMap<Double, Double> quantiles = new TreeMap<>();
    long start; // nanoseconds since 1970; 0 when it is not known
    long time;
    long flags;
    @Nullable Double value;
    @Nullable Long count;
    @Nullable Double sum;
    @Nullable Double min;
    @Nullable Double max;
    int size; // in the request, in bytes

    /** Whether it only says that there is nothing to say. */
    boolean empty() {
        return (flags & NOTHING_RECORDED) != 0 || (count != null && count == 0);
    }
}
