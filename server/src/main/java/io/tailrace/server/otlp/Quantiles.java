package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

/** Works out quantiles of histograms, as exactly as their buckets allow. */
final class Quantiles {

    private static final double[] WANTED = {0.5, 0.9, 0.95, 0.99};

    // One behind the other, in ascending order.
    private final Numbers from = new Numbers();
    private final Numbers to = new Numbers();
    private final Numbers counts = new Numbers();

    private Quantiles() {}

    /** With bounds between the buckets; the first and the last one have only one each. */
    static void explicit(Point point, Numbers counts, Numbers bounds) {
        if (counts.size() != bounds.size() + 1 || bounds.size() == 0) {
            return; // none, or not what it should be
        }
        var buckets = new Quantiles();
        double first = bounds.get(0);
        double last = bounds.get(bounds.size() - 1);
        double least = or(point.min, Math.min(first, 0));
        double most = or(point.max, last);
        for (int i = 0; i < counts.size(); i++) {
            double begin = i == 0 ? least : bounds.get(i - 1);
            double end = i == bounds.size() ? most : bounds.get(i);
            buckets.add(begin, end, counts.get(i));
        }
        buckets.into(point);
    }

    static void exponential(Point point, ExponentialBuckets exponential) {
        var buckets = new Quantiles();
        for (int i = exponential.negative.size() - 1; i >= 0; i--) {
            double number = (double) exponential.negativeOffset + i;
            buckets.add(
                    -exponential.bound(number + 1),
                    -exponential.bound(number),
                    exponential.negative.get(i));
        }
        buckets.add(0, 0, (double) exponential.zeros);
        for (int i = 0; i < exponential.positive.size(); i++) {
            double number = (double) exponential.positiveOffset + i;
            buckets.add(
                    exponential.bound(number),
                    exponential.bound(number + 1),
                    exponential.positive.get(i));
        }
        buckets.into(point);
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    private void add(double begin, double end, double count) {
        if (count > 0) {
            from.add(begin);
            to.add(end);
            counts.add(count);
        }
    }

    private void into(Point point) {
        double all = 0;
        for (int i = 0; i < counts.size(); i++) {
            all += counts.get(i);
        }
        for (double wanted : WANTED) {
            double value = clipped(point, at(wanted * all));
            if (all > 0 && Double.isFinite(value)) {
                point.quantiles.put(wanted, value);
            }
        }
    }

    /** Evenly spread within its bucket. */
    private double at(double rank) {
        double before = 0;
        for (int i = 0; i < counts.size(); i++) {
            double count = counts.get(i);
            if (before + count >= rank) {
                double part = Math.max(0, (rank - before) / count);
                return from.get(i) + part * (to.get(i) - from.get(i));
            }
            before += count;
        }
        return counts.size() == 0 ? Double.NaN : to.get(counts.size() - 1);
    }

    private static double clipped(Point point, double value) {
        double most = or(point.max, Double.POSITIVE_INFINITY);
        double least = or(point.min, Double.NEGATIVE_INFINITY);
        return Math.max(least, Math.min(most, value));
    }
}
