package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What an event says went wrong.
 *
 * @param message a sentence, perhaps of many lines
 * @param stackTrace the details
 */
record Failure(String message, @Nullable String stackTrace) {

    private static final String UNSAID = "It failed, and its publisher did not say why.";

    /** Spark says it in a facet of its own. */
    private static final List<String> FACETS = List.of("errorMessage", "spark.exception");

    /** What is said; null when nothing is. */
    static @Nullable Failure of(LineageEvent event) {
        for (String name : FACETS) {
            Map<?, ?> facet = Lookup.object(event.runFacets(), name);
            String message = Lookup.text(facet, "message");
            String trace = Lookup.text(facet, "stackTrace");
            if (message != null || trace != null) {
                return new Failure(message == null ? firstLine(trace) : message.strip(), trace);
            }
        }
        return null;
    }

    /** What is said, or that nothing is. */
    static Failure required(LineageEvent event) {
        Failure failure = of(event);
        return failure == null ? new Failure(UNSAID, null) : failure;
    }

    private static String firstLine(@Nullable String trace) {
        String text = trace == null ? UNSAID : trace.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).strip();
    }
}
