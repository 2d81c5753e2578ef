package io.tailrace.server.otlp;

import java.util.function.ObjIntConsumer;

/** Reads the measurements of each kind of metric. */
final class PointReader {

    private static final Shape NUMBER =
            Shape.of("startTimeUnixNano:2 timeUnixNano:3 asDouble:4 asInt:6 attributes:7 flags:8");
    private static final Shape HISTOGRAM =
            Shape.of(
                    "startTimeUnixNano:2 timeUnixNano:3 count:4 sum:5 bucketCounts:6"
                            + " explicitBounds:7 attributes:9 flags:10 min:11 max:12");
    private static final Shape EXPONENTIAL =
            Shape.of(
                    "attributes:1 startTimeUnixNano:2 timeUnixNano:3 count:4 sum:5 scale:6"
                            + " zeroCount:7 positive:8 negative:9 flags:10 min:12 max:13");
    private static final Shape BUCKETS = Shape.of("offset:1 bucketCounts:2");
    private static final Shape SUMMARY =
            Shape.of(
                    "startTimeUnixNano:2 timeUnixNano:3 count:4 sum:5 quantileValues:6"
                            + " attributes:7 flags:8");
    private static final Shape QUANTILE = Shape.of("quantile:1 value:2");

    private PointReader() {}

    static Point number(Source in) {
        Point point = new Point();
        fields(
                in,
                NUMBER,
                point,
                (_, field) -> {
                    switch (field) {
                        case 2 -> point.start = in.whole();
                        case 3 -> point.time = in.whole();
                        case 4 -> point.value = in.decimal();
                        case 6 -> point.value = (double) in.whole();
                        case 7 -> Values.attribute(in, point.attributes);
                        case 8 -> point.flags = in.whole();
                        default -> in.skip();
                    }
                });
        return point;
    }

    static Point histogram(Source in) {
        Point point = new Point();
        Numbers counts = new Numbers();
        Numbers bounds = new Numbers();
        fields(
                in,
                HISTOGRAM,
                point,
                (_, field) -> {
                    switch (field) {
                        case 2 -> point.start = in.whole();
                        case 3 -> point.time = in.whole();
                        case 4 -> point.count = in.whole();
                        case 5 -> point.sum = in.decimal();
                        case 6 -> in.wholes(counts, true);
                        case 7 -> in.decimals(bounds);
                        case 9 -> Values.attribute(in, point.attributes);
                        case 10 -> point.flags = in.whole();
                        case 11 -> point.min = in.decimal();
                        case 12 -> point.max = in.decimal();
                        default -> in.skip();
                    }
                });
        Quantiles.explicit(point, counts, bounds);
        return point;
    }

    static Point exponentialHistogram(Source in) {
        Point point = new Point();
        var buckets = new ExponentialBuckets();
        fields(
                in,
                EXPONENTIAL,
                point,
                (_, field) -> {
                    switch (field) {
                        case 1 -> Values.attribute(in, point.attributes);
                        case 2 -> point.start = in.whole();
                        case 3 -> point.time = in.whole();
                        case 4 -> point.count = in.whole();
                        case 5 -> point.sum = in.decimal();
                        case 6 -> buckets.scale = (int) in.signed();
                        case 7 -> buckets.zeros = in.whole();
                        case 8 -> buckets.positiveOffset = buckets(in, buckets.positive);
                        case 9 -> buckets.negativeOffset = buckets(in, buckets.negative);
                        case 10 -> point.flags = in.whole();
                        case 12 -> point.min = in.decimal();
                        case 13 -> point.max = in.decimal();
                        default -> in.skip();
                    }
                });
        Quantiles.exponential(point, buckets);
        return point;
    }

    private static long buckets(Source in, Numbers counts) {
        long offset = 0;
        in.enter();
        for (int field = in.next(BUCKETS); field != 0; field = in.next(BUCKETS)) {
            switch (field) {
                case 1 -> offset = in.signed();
                case 2 -> in.wholes(counts, false);
                default -> in.skip();
            }
        }
        return offset;
    }

    static Point summary(Source in) {
        Point point = new Point();
        fields(
                in,
                SUMMARY,
                point,
                (_, field) -> {
                    switch (field) {
                        case 2 -> point.start = in.whole();
                        case 3 -> point.time = in.whole();
                        case 4 -> point.count = in.whole();
                        case 5 -> point.sum = in.decimal();
                        case 6 -> quantile(in, point);
                        case 7 -> Values.attribute(in, point.attributes);
                        case 8 -> point.flags = in.whole();
                        default -> in.skip();
                    }
                });
        return point;
    }

    private static void quantile(Source in, Point point) {
        double quantile = 0;
        double value = 0;
        in.enter();
        for (int field = in.next(QUANTILE); field != 0; field = in.next(QUANTILE)) {
            switch (field) {
                case 1 -> quantile = in.decimal();
                case 2 -> value = in.decimal();
                default -> in.skip();
            }
        }
        if (quantile >= 0 && quantile <= 1 && Double.isFinite(value)) {
            point.quantiles.put(quantile, value);
        }
    }

    private static void fields(Source in, Shape shape, Point point, ObjIntConsumer<Source> taking) {
        int from = in.position();
        in.enter();
        for (int field = in.next(shape); field != 0; field = in.next(shape)) {
            taking.accept(in, field);
        }
        point.size = in.position() - from;
    }
}
