package io.tailrace.model;

import java.util.List;
import java.util.Optional;

/**
 * Names one execution of a workflow.
 *
 * @param workspace the tenant
 * @param workflow the definition of the pipeline
 * @param run the execution, unique within the workflow
 */
public record RunKey(String workspace, String workflow, String run) {

    /** Reads what {@link #toString} gave; empty when a part is missing. */
    public static Optional<RunKey> parse(String text) {
        List<String> parts = List.of(text.split("/", 3));
        return parts.size() < 3 || parts.contains("")
                ? Optional.empty()
                : Optional.of(new RunKey(parts.get(0), parts.get(1), parts.get(2)));
    }

    @Override
    public String toString() {
        return workspace + "/" + workflow + "/" + run;
    }
}
