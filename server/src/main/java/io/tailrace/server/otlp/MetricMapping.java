package io.tailrace.server.otlp;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.server.http.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes metric events of measurements. What stands for many values becomes their mean (the median
 * where there is no sum), with count, sum, least, greatest and quantiles beside it.
 */
final class MetricMapping {

    private MetricMapping() {}

    /** Null when the measurement has no value that is a number. */
    static Event.@Nullable Metric event(
            Place place, Scope scope, Metric metric, Point point, Instant now) {
        Double value = value(point);
        if (value == null || !Double.isFinite(value) || metric.name.isBlank()) {
            return null;
        }
        Subject subject = place.subject(point.attributes);
        Runs.remove(point.attributes, subject);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Texts.putSome(fields, "labels", point.attributes);
        fields.put("type", metric.type);
        Texts.putSome(fields, "temporality", metric.temporality);
        if (metric.type.equals("sum")) {
            fields.put("monotonic", metric.monotonic);
        }
        if (point.start != 0) { // a number: texts tell series apart
            fields.put("start", Times.instant(point.start).toEpochMilli());
        }
        statistics(point, fields);
        LogMapping.around(fields, place, scope);
        Header header =
                Header.of(place.metrics(), Times.instant(point.time, now), subject)
                        .withFields(fields);
        String unit = metric.unit.isEmpty() ? null : metric.unit;
        return new Event.Metric(header, metric.name, value + 0.0, unit);
    }

    /** What cannot be an event, in the form of one, for people to look at. */
    static byte[] broken(Place place, Metric metric, Point point) {
        return Json.object(json -> {
            json.writeStringField("channel", place.metrics().name());
            json.writeStringField("kind", "metric");
            json.writeStringField("name", metric.name);
            json.writeStringField("value", String.valueOf(value(point)));
            json.writeStringField("unit", metric.unit);
            json.writeStringField("type", metric.type);
            json.writeStringField("labels", point.attributes.toString());
        });
    }

    private static void statistics(Point point, Map<String, @Nullable Object> fields) {
        Texts.putSome(fields, "count", point.count);
        Texts.putSome(fields, "sum", finite(point.sum));
        Texts.putSome(fields, "min", finite(point.min));
        Texts.putSome(fields, "max", finite(point.max));
        point.quantiles.forEach((quantile, value) -> {
            double percent = quantile * 100;
            String name =
                    percent == Math.rint(percent)
                            ? String.valueOf((long) percent)
                            : String.valueOf(Math.round(percent * 1000) / 1000.0);
            fields.put("p" + name, value);
        });
    }

    private static @Nullable Double finite(@Nullable Double number) {
        return number != null && Double.isFinite(number) ? number : null;
    }

    private static @Nullable Double value(Point point) {
        if (point.value != null || point.count == null) {
            return point.value;
        }
        if (point.sum != null && Double.isFinite(point.sum)) {
            return point.sum / point.count;
        }
        Double median = point.quantiles.get(0.5);
        return median == null && !point.quantiles.isEmpty()
                ? point.quantiles.firstEntry().getValue()
                : median;
    }
}
