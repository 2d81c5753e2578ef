package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tests of the data found. */
final class Findings {

    private static final int LISTED = 5;

    private Findings() {}

    /** A sentence about assertions and tests that did not hold; null when all did. */
    static @Nullable String of(LineageEvent event) {
        List<String> broken = new ArrayList<>();
        for (Object each : Lookup.list(event.document().members(), "inputs")) {
            if (each instanceof Map<?, ?> dataset) {
                String name = String.valueOf(Lookup.text(dataset, "name"));
                Map<?, ?> facet = Lookup.object(dataset, "inputFacets", "dataQualityAssertions");
                for (Object item : Lookup.list(facet, "assertions")) {
                    if (item instanceof Map<?, ?> assertion
                            && Boolean.FALSE.equals(assertion.get("success"))) {
                        String column = Lookup.text(assertion, "column");
                        broken.add(
                                name
                                        + (column == null ? "" : "." + column)
                                        + ": "
                                        + Lookup.text(assertion, "assertion"));
                    }
                }
            }
        }
        for (Object each : Lookup.list(Lookup.object(event.runFacets(), "test"), "tests")) {
            if (each instanceof Map<?, ?> test && "fail".equals(Lookup.text(test, "status"))) {
                broken.add(String.valueOf(Lookup.text(test, "name")));
            }
        }
        if (broken.isEmpty()) {
            return null;
        }
        String listed = String.join("; ", broken.subList(0, Math.min(LISTED, broken.size())));
        return "%d data checks did not hold: %s%s"
                .formatted(broken.size(), listed, broken.size() > LISTED ? "; …" : ".");
    }
}
