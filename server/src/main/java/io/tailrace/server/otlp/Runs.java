package io.tailrace.server.otlp;

import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Finds the run, the task and the attempt in attributes. */
final class Runs {

    /** The id of an OpenLineage run: joins what both tell of it. */
    static final String LINEAGE_RUN = "openlineage.run_id";

    static final String RUN = "tailrace.run";
    static final String TASK = "tailrace.task";
    static final String ATTEMPT = "tailrace.attempt";
    static final String STEP = "tailrace.step";
    static final String ROWS = "tailrace.rows";

    private static final int LONGEST_NAME = 256;
    private static final int MOST_ATTEMPTS = 1_000_000;

    private Runs() {}

    /** The id of a run of OpenLineage; null when there is none. */
    static @Nullable String lineage(Map<String, @Nullable Object> attributes) {
        return name(attributes.get(LINEAGE_RUN));
    }

    /**
     * What the attributes say wins over what is known.
     *
     * @param lineageIds whether the id of an OpenLineage run counts as that of the run
     */
    static Subject subject(
            Subject known, Map<String, @Nullable Object> attributes, boolean lineageIds) {
        if (attributes.isEmpty()) {
            return known;
        }
        String own = name(attributes.get(RUN));
        String run = own == null && lineageIds ? lineage(attributes) : own;
        String task = name(attributes.get(TASK));
        Integer attempt = attempt(attributes.get(ATTEMPT));
        String step = name(attributes.get(STEP));
        if (run == null && task == null && attempt == null && step == null) {
            return known;
        }
        return new Subject(
                known.workspace(),
                known.workflow(),
                run == null ? known.run() : run,
                task == null ? known.task() : task,
                attempt == null ? known.attempt() : attempt,
                step == null ? known.step() : step);
    }

    /** Takes away what the subject says already. */
    static void remove(Map<String, @Nullable Object> attributes, Subject subject) {
        attributes.remove(RUN);
        attributes.remove(TASK);
        attributes.remove(ATTEMPT);
        attributes.remove(STEP);
        attributes.remove(ROWS);
        if (subject.run() != null) {
            attributes.remove(LINEAGE_RUN, subject.run());
        }
    }

    /** A name as events may have one; null when there is none. */
    static @Nullable String name(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString().replaceAll("\\p{Cntrl}", " ").strip();
        if (text.isEmpty()) {
            return null;
        }
        return Texts.cut(text, LONGEST_NAME);
    }

    /** How many rows; null when that is not said. */
    static @Nullable Long rows(Map<String, @Nullable Object> attributes) {
        return attributes.get(ROWS) instanceof Long rows && rows >= 0 ? rows : null;
    }

    private static @Nullable Integer attempt(@Nullable Object value) {
        return value instanceof Long number && number >= 1 && number <= MOST_ATTEMPTS
                ? number.intValue()
                : null;
    }
}
