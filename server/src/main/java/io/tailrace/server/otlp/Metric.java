package io.tailrace.server.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A metric as it was sent, with its measurements. Confined to one thread. */
final class Metric {

    private static final Shape SHAPE =
            Shape.of(
                    "name:1 description:2 unit:3 gauge:5 sum:7 histogram:9 exponentialHistogram:10"
                            + " summary:11");
    private static final Shape DATA =
            Shape.of("dataPoints:1 aggregationTemporality:2 isMonotonic:3");
    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;

    final List<Point> points = new ArrayList<>();
    final List<WrongMember> wrong = new ArrayList<>(0); // points that could not be read
    String name = "";
    String unit = "";
    String type = "";
    String temporality = "";
    boolean monotonic;

    static Metric read(Source in) {
        Metric metric = new Metric();
        in.enter();
        for (int field = in.next(SHAPE); field != 0; field = in.next(SHAPE)) {
            switch (field) {
                case 1 -> metric.name = in.text();
                case 3 -> metric.unit = in.text();
                case 5 -> metric.data(in, "gauge", PointReader::number);
                case 7 -> metric.data(in, "sum", PointReader::number);
                case 9 -> metric.data(in, "histogram", PointReader::histogram);
                case 10 ->
                        metric.data(in, "exponential_histogram", PointReader::exponentialHistogram);
                case 11 -> metric.data(in, "summary", PointReader::summary);
                default -> in.skip();
            }
        }
        return metric;
    }

    private void data(Source in, String newType, Function<Source, Point> reader) {
        type = newType;
        in.enter();
        for (int field = in.next(DATA); field != 0; field = in.next(DATA)) {
            switch (field) {
                case 1 -> point(in, reader);
                case 2 -> temporality = temporality(in.whole());
                case 3 -> monotonic = in.flag();
                default -> in.skip();
            }
        }
    }

    private void point(Source in, Function<Source, Point> reader) {
        try {
            points.add(in.record(reader));
        } catch (WrongMember e) {
            wrong.add(e);
        }
    }

    private static String temporality(long number) {
        return number == DELTA ? "delta" : number == CUMULATIVE ? "cumulative" : "";
    }
}
