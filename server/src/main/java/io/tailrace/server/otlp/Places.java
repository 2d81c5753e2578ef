package io.tailrace.server.otlp;

import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the records of one request go, each resource and each run of OpenLineage worked out once.
 * Confined to the request's thread.
 */
final class Places {

    private final PlaceRule rule;
    private final LineageRuns lineage;
    private final String teller;
    private final Map<String, @Nullable Place> joined = new HashMap<>();
    private @Nullable Map<String, @Nullable Object> resource;
    private @Nullable Place place;

    Places(PlaceRule rule, LineageRuns lineage, String teller) {
        this.rule = rule;
        this.lineage = lineage;
        this.teller = teller;
    }

    /**
     * The place of a record.
     *
     * @param attributes its own, which may name a run of OpenLineage
     */
    Place of(Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> attributes) {
        Place known = of(wanted);
        String run = Runs.lineage(attributes);
        run = run == null ? Runs.lineage(wanted) : run;
        if (run == null) {
            return known;
        }
        if (!joined.containsKey(run)) {
            Subject found = lineage.find(teller, run);
            joined.put(run, found == null ? null : Place.of(found, Map.of()));
        }
        Place lineagePlace = joined.get(run);
        return lineagePlace == null ? known : lineagePlace.withResource(known.resource());
    }

    @SuppressWarnings("ReferenceEquality") // the same resource is the same object
    private Place of(Map<String, @Nullable Object> wanted) {
        Place known = place;
        if (known == null || resource != wanted) {
            known = rule.place(wanted);
            place = known;
            resource = wanted;
        }
        return known;
    }
}
