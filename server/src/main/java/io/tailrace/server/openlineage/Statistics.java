package io.tailrace.server.openlineage;

import io.tailrace.model.Event;
import io.tailrace.model.Header;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How much was read and written, by what an event says of its inputs and outputs. */
final class Statistics {

    private static final int MOST_DATASETS = 50;
    private static final Map<String, String> UNITS =
            Map.of("rows", "rows", "bytes", "By", "files", "files");

    private final Map<String, Long> totals = new LinkedHashMap<>();
    private final Map<String, Long> single = new LinkedHashMap<>();

    private Statistics() {}

    static Statistics of(LineageEvent event) {
        Statistics statistics = new Statistics();
        Map<?, ?> all = event.document().members();
        statistics.add("output", Lookup.list(all, "outputs"), "outputFacets", "outputStatistics");
        statistics.add("input", Lookup.list(all, "inputs"), "inputFacets", "inputStatistics");
        return statistics;
    }

    private void add(String side, List<?> datasets, String facets, String facet) {
        int number = 0;
        for (Object each : datasets) {
            if (each instanceof Map<?, ?> dataset) {
                Map<?, ?> said = Lookup.object(dataset, facets, facet);
                Map<?, ?> other = Lookup.object(dataset, facets, "dataQualityMetrics");
                String name = Lookup.text(dataset, "name");
                boolean alone = datasets.size() == 1 || ++number > MOST_DATASETS || name == null;
                String suffix = alone ? "" : ":" + shown(String.valueOf(name));
                count(side + ".rows", suffix, said, "rowCount", other, "rowCount");
                count(side + ".bytes", suffix, said, "size", other, "bytes");
                count(side + ".files", suffix, said, "fileCount", other, "fileCount");
            }
        }
    }

    private void count(
            String name,
            String suffix,
            Map<?, ?> said,
            String member,
            Map<?, ?> other,
            String its) {
        OptionalLong value = Lookup.count(said, member);
        OptionalLong count = value.isPresent() ? value : Lookup.count(other, its);
        if (count.isPresent()) {
            totals.merge(name, count.getAsLong(), Statistics::sum);
            if (!suffix.isEmpty()) {
                single.merge(name + suffix, count.getAsLong(), Statistics::sum);
            }
        }
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 99) + "…";
    }

    /** Rows written to all outputs; null when nothing is said of them. */
    @Nullable Long rows() {
        return totals.get("output.rows");
    }

    /** One metric for all inputs or outputs together and, when there are several, one for each. */
    List<Event.Published> metrics(Header header) {
        List<Event.Published> metrics = new ArrayList<>();
        totals.forEach((name, value) -> metrics.add(metric(header, name, value)));
        single.forEach((name, value) -> metrics.add(metric(header, name, value)));
        return metrics;
    }

    private static Event.Metric metric(Header header, String name, double value) {
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon);
        return new Event.Metric(
                header, name, value, UNITS.get(kind.substring(kind.indexOf('.') + 1)));
    }
}
